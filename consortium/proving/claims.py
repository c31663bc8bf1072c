"""The claims that every plugin is held to: each is a function that yields what is wrong, in a sentence."""

from collections.abc import Callable, Iterator

from consortium.plugins.inspecting import KEY
from consortium.proving import bounds, documents, looking, saying
from consortium.proving.trial import HOOKS, Trial

#: yields what is wrong with a plugin; nothing where the claim holds
Claim = Callable[[Trial], Iterator[str]]


def comes_in_without_a_fault(trial: Trial) -> Iterator[str]:
    """Insist that it can be let in, and that all it brings is taken."""
    yield from dict.fromkeys(trial.plugin.faults)
    if trial.is_in and not trial.plugin.hooks:
        yield "it answers no hook: mark a function with @consortium.hookimpl"


def keys_are_in_form_and_its_own(trial: Trial) -> Iterator[str]:
    """Insist that every key has the form of keys, and that nobody else has it."""
    for hook in HOOKS:
        own = [getattr(each, "key", getattr(each, "name", each)) for each in trial.brought(hook)]
        theirs = set(getattr(trial.desk, hook)) - {key for key in own if _is_ours(trial, hook, key)}
        for place, key in enumerate(own):
            if hook != "catalogs" and not (isinstance(key, str) and KEY.fullmatch(key)):
                yield f"{hook}: {key!r} is no key: write small letters and figures with hyphens between, as in “no-status”"
            if key in own[:place]:
                yield f"{hook}: it brings two things called {key!r}"
            if key in theirs:
                yield f"{hook}: {key!r} is somebody else's already: begin yours with the name of your plugin"


def _is_ours(trial: Trial, hook: str, key: object) -> bool:
    return key in getattr(trial.desk, hook) and trial.desk.owner(f"consortium_{hook}", str(key)) is trial.plugin


#: by the names of their tests
CLAIMS: dict[str, Claim] = {
    each.__name__: each
    for each in (
        comes_in_without_a_fault,
        keys_are_in_form_and_its_own,
        saying.every_message_is_said_in_nb_and_sv,
        documents.the_same_facts_give_the_same_document,
        documents.an_empty_consortium_is_survived,
        bounds.a_huge_consortium_is_survived,
        looking.odd_words_are_survived,
        documents.every_phrase_has_the_tag_of_its_language,
        documents.personal_data_is_declared,
        bounds.time_and_memory_are_bounded,
        documents.facts_stay_as_they_are,
        documents.every_format_writes_it,
    )
}
