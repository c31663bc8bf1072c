"""Addresses of accounts: one person, one address, however it is written."""

import unicodedata

from consortium.services.addresses import LONGEST_ADDRESS


def fold(address: str) -> str:
    """Return the form in which an address is looked up: NFKC and without case."""
    folded = unicodedata.normalize("NFKC", address.strip()[: LONGEST_ADDRESS * 2]).casefold()
    return unicodedata.normalize("NFKC", folded)
