"""Names of places in a document, made from the kinds and keys of records."""


def anchor(kind: str, key: str) -> str:
    """Make the name of a place in a document from the kind and the key of a record."""
    named = (letter if letter.isalnum() or letter == "-" else f"_{ord(letter):x}" for letter in key.casefold())
    return f"{kind}-{''.join(named)}"
