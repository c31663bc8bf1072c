"""Claims on documents: the same every time, in the right languages, without undeclared names, for every format."""

import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import chain
from pathlib import Path

from consortium import clock
from consortium.documents import Document, Mark, Phrase, Speech, Words
from consortium.facts import Facts, Stream
from consortium.facts.canonical import head_of, line_of
from consortium.proving.facts import CANARIES, PERSONS, empty_facts
from consortium.proving.telling import Listening, Told
from consortium.proving.trial import SPOKEN, Trial, few, whole_facts
from consortium.proving.walking import digest_of, phrases_in, words_in

#: how long another process may take to tell everything once more, in seconds
LONGEST = 120

#: formats that need an extra of the installation, and a module of it
EXTRAS = {"docx": "pypandoc", "odt": "pypandoc", "pdf": "typst"}

_WORD = re.compile(r"[^\W\d_]*[a-zæøåäöé][^\W\d_]*")


def the_same_facts_give_the_same_document(trial: Trial) -> Iterator[str]:
    """Insist that the same facts are told alike on another day, and in a process that orders its sets otherwise."""
    if not trial.told:
        return
    first = digests(trial)
    with clock.stopped_at(clock.now() + timedelta(400)):
        later = digests(trial)
    elsewhere = _elsewhere(trial.name)
    for place, name in enumerate(name for name, _digest in first):
        if first[place] != later[place]:
            yield f"{name} is another one the next time: tell only facts, in their order, and never the clock"
        elif first[place] not in elsewhere:
            yield f"{name} is another one in another process: sort sets before you tell them"


def digests(trial: Trial) -> list[tuple[str, str]]:
    """List what a plugin tells, each with a digest of all that it says."""
    return [(told.name, digest_of(document)) for told, document in trial.documents(whole_facts())]


def _elsewhere(name: str) -> set[tuple[str, str]]:
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    given = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = (sys.executable, "-m", "consortium.proving.again", name)
    answer = subprocess.run(command, env=given, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603  # our own module
    lines = answer.stdout.decode().splitlines()
    return {(label, digest) for digest, _tab, label in (line.partition("\t") for line in lines)}


def an_empty_consortium_is_survived(trial: Trial) -> Iterator[str]:
    """Insist that a consortium can be told in which nothing is there yet, or nothing but partners."""
    bare = replace(whole_facts(), sub_projects=Stream(lambda: ()), gatherings=(), periods=(), themes=(), since=None)
    for told in (empty_facts(), bare):
        yield from _survived(trial, told)


def _survived(trial: Trial, facts: Facts) -> Iterator[str]:
    for told in trial.told:
        try:
            deque(words_in(told.document(facts, Speech(("nb", "sv")))), maxlen=0)
        except Exception as fault:  # whatever a guest raises
            yield f"{told.name} fails: {place_of(fault)}"


def place_of(fault: BaseException) -> str:
    """Say what went wrong, and in which line."""
    at = fault.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    where = f" ({Path(at.tb_frame.f_code.co_filename).name}, line {at.tb_lineno})" if at else ""
    return f"{type(fault).__name__}: {str(fault)[:200]}{where}"


def every_phrase_has_the_tag_of_its_language(trial: Trial) -> Iterator[str]:
    """Insist that all words stand under the language they are in, a phrase for each language of the document."""
    known = _strings(whole_facts())
    for told in trial.told:
        for languages in SPOKEN:
            speech = Listening(languages)
            document = told.document(whole_facts(), speech)
            wrong = chain.from_iterable(_mistagged(words, languages) for words in words_in(document))
            yield from dict.fromkeys(f"{told.name} in {'+'.join(languages)}: {fault}" for fault in wrong)
            for words in speech.plainly:
                if not set(_WORD.findall(words.casefold())) <= known:
                    yield f"{told.name} says “{words[:60]}” in every language: make it a message"


def _mistagged(words: Words, languages: tuple[str, ...]) -> Iterator[str]:
    tags = tuple(phrase.language for phrase in words)
    if len(tags) > 1 and tags != languages:
        yield f"“{words[0].words[:60]}” stands in {'+'.join(tags)}"
    for phrase in words:
        yield from _foreign(phrase, languages)


def _foreign(phrase: Phrase, languages: tuple[str, ...]) -> Iterator[str]:
    if phrase.language not in languages and phrase.mark is not Mark.FALLBACK:
        yield f"“{phrase.words[:60]}” is said to be in {phrase.language}"
    for language, canary in CANARIES.items():
        if canary in phrase.words.casefold() and phrase.language != language:
            yield f"“{phrase.words[:60]}” is in {language}, but is said to be in {phrase.language}"


@cache
def _strings(facts: Facts) -> frozenset[str]:
    """Find the words of all names, places and texts of facts, which may be said as they are."""
    return frozenset(_WORD.findall(b"".join(_lines(facts)).decode().casefold()))


def personal_data_is_declared(trial: Trial) -> Iterator[str]:
    """Insist that it declares whom it names."""
    for told in trial.told:
        if strange := sorted(told.personal_data - set(PERSONS)):
            yield f"{told.name} declares {strange}: there are {sorted(PERSONS)}"
        document = told.document(whole_facts(), Speech(("nb",)))
        words = "\n".join(phrase.words for phrase in phrases_in(document))
        for kind, names in PERSONS.items():
            if kind not in told.personal_data and any(name in words for name in names):
                yield f"{told.name} names {kind}: declare personal_data = frozenset({{{kind!r}}}), or leave them out"


def facts_stay_as_they_are(trial: Trial) -> Iterator[str]:
    """Insist that facts are the same after they were told."""
    facts = whole_facts()
    before = _lines(facts)
    for told in trial.told:
        try:
            deque(words_in(told.document(facts, Speech(("nb", "sv")))), maxlen=0)
        except AttributeError as fault:  # facts are frozen, and say so with it
            yield f"{told.name} changes the facts: {place_of(fault)}"
        if _lines(facts) != before:
            yield f"{told.name} has changed the facts"
            whole_facts.cache_clear()
            return


def _lines(facts: Facts) -> list[bytes]:
    return [head_of(facts), *map(line_of, facts.sub_projects)]


def every_format_writes_it(trial: Trial) -> Iterator[str]:
    """Insist that every format that is installed writes all that it tells."""
    if not trial.told:
        return
    document = _all_told(trial.told)
    for key, writer in trial.desk.writers.items():
        if key in EXTRAS and not find_spec(EXTRAS[key]):
            continue
        file = BytesIO()
        try:
            writer.write(document, file)
        except Exception as fault:  # whatever a guest raises
            yield f"{key}: {place_of(fault)}"
        else:
            if not file.getvalue():
                yield f"{key}: nothing was written"


def _all_told(told: tuple[Told, ...]) -> Document:
    """Put the blocks of all documents into one, because some formats take long to begin."""
    facts, speech = few(whole_facts(), 2), Speech(("nb", "sv"))
    documents = [each.document(facts, speech) for each in told]
    return replace(documents[0], blocks=Stream(lambda: chain.from_iterable(each.blocks for each in documents)))
