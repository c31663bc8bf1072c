"""Claims on checks, identifiers and importers: whatever they are shown, they answer in their way."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product

from consortium.errors import ConsortiumError, InvalidValue
from consortium.facts.submission import Remark, SubmissionCheck
from consortium.i18n.message import Message
from consortium.proving.documents import place_of
from consortium.proving.facts import ODD
from consortium.proving.trial import Trial, whole_facts

#: what a check is shown: nothing, what people paste, and what regular expressions choke on
SHOWN = ("", *ODD, "Møte 15.06.2026 kl. 12 om 3 000 000 kr", "1" * 20_000, "1 " * 10_000, "a" * 20_000 + "!")

#: what an importer is shown
FILES = (b"", b"\0\xff\xfe", "æ;ø;å\n1;2\n".encode("cp1252"), b'{"a": [', b"a;b\n" * 1_000)

#: how long one look at such words may take, in seconds of the processor
LONGEST = 2.0


def odd_words_are_survived(trial: Trial) -> Iterator[str]:
    """Insist that checks, identifiers and importers answer in their way whatever they are shown, and in time."""
    for check in trial.kept("text_checks"):
        for words, language in product(SHOWN, ("nb", "sv", "x-odd")):
            yield from _listed(f"the check “{check.key}”", partial(check.look, words, language), Message)
    for check in trial.kept("submission_checks"):
        yield from _submission_check(trial, check)
    for kind in trial.kept("identifier_kinds"):
        yield from _answers(f"the identifier “{kind.key}”", kind.check, SHOWN, str)
    for importer in trial.kept("importers"):
        yield from _answers(f"the importer “{importer.key}”", importer.read, FILES, Mapping)


def _submission_check(trial: Trial, check: SubmissionCheck) -> Iterator[str]:
    for submission in trial.submissions():
        yield from _listed(f"the check “{check.key}”", partial(check.look, submission), Remark)
    if fault := _raised(partial(check.suits, whole_facts().partners)):
        yield f"the check “{check.key}” cannot say whom it suits: {fault}"


def _listed(name: str, look: Callable[[], Iterable[object]], kind: type) -> Iterator[str]:
    """Say what is wrong with how a check looks: it raises, takes long, or says something of another kind."""
    begun = time.process_time()
    said: list[object] = []
    if fault := _raised(lambda: said.extend(look())):
        yield f"{name} fails: {fault}"
    if (taken := time.process_time() - begun) > LONGEST:
        yield f"{name} takes {taken:.1f} s for one text"
    yield from (
        f"{name} says a {type(each).__name__}, not a {kind.__name__}" for each in said if not isinstance(each, kind)
    )


def _answers(name: str, ask: Callable[[object], object], shown: Iterable[object], kind: type) -> Iterator[str]:
    """Say what is wrong with what reads a value: it returns another kind, or raises something else than a refusal."""
    for each in shown:
        try:
            answer = ask(each)
        except InvalidValue:
            continue
        except Exception as fault:  # whatever a guest raises
            yield f"{name} raises {place_of(fault)} at {each[:20]!r}: raise InvalidValue, saying what is wrong"  # type: ignore[index]  # words or bytes
        else:
            if not isinstance(answer, kind):
                yield f"{name} returns a {type(answer).__name__}, not a {kind.__name__}"


def _raised(ask: Callable[[], object]) -> str:
    try:
        ask()
    except ConsortiumError as fault:
        return str(fault)
    except Exception as fault:  # whatever a guest raises
        return place_of(fault)
    return ""
