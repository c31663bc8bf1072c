"""Writers: HTML, PDF, DOCX, ODT, XLSX, Markdown and JSON, guests of the house like all others."""
