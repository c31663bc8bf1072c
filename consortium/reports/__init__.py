"""Our own report variants, guests of the house like all others."""
