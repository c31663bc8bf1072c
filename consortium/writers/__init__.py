"""Writers: HTML and PDF so far, guests of the house like all others."""
