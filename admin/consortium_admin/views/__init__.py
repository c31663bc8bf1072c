"""The views of the admin: one thin view a file."""
