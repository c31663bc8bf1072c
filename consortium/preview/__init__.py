"""Shows an author's report while she writes it: a page that renders anew as she saves."""
