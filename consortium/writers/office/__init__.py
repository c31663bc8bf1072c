"""What the writers of DOCX and ODT share: the nodes that pandoc reads, and one look."""
