"""Two people in one form: what can be put together without asking, and what somebody must choose."""

from collections.abc import Iterable

from consortium.services.editing import Clash, Differing


def is_mergeable(clash: Clash) -> bool:
    """Tell whether the two changed different things; the languages of a text are one thing, for one is made of another."""
    mine = {_thing(each) for each in clash.fields if each.mine not in {each.original, each.theirs}}
    theirs = {_thing(each) for each in clash.fields if each.theirs not in {each.original, each.mine}}
    return not mine & theirs


def own_changes(fields: Iterable[Differing]) -> dict[str, str]:
    """Return what one has changed oneself."""
    return {each.name: each.mine for each in fields if each.mine != each.original}


def _thing(each: Differing) -> str:
    return each.name.split(".")[0]
