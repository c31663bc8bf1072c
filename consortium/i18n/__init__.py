"""Interface words, languages, dates, numbers and sort order."""
