"""Never comes to the end of its module."""

while True:
    pass
