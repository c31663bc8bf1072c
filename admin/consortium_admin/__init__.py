"""The web admin: Flask and Flask-Admin over the library."""
