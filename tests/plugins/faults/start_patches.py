"""Replaces a part of the house when it is imported."""

from consortium.documents import Speech


def _nothing(_self: Speech, _message: object) -> tuple[()]:
    return ()


Speech.say = _nothing  # type: ignore[method-assign, assignment]  # that is the fault
