"""Whatever is done to a text in whatever order, it stays sound."""

import json
from collections.abc import Callable
from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from consortium.errors import ConsortiumError
from consortium.texts import Text, TextState
from consortium.texts.version import Origin
from consortium.texts.words import digest

LANGUAGES = st.sampled_from(["nb", "sv", "nn", "en"])
WORDS = st.sampled_from(["Råd", "Rådet", "Rådet møtes", "Rådet møts", "a b"])
ORIGINS: st.SearchStrategy[Origin] = st.sampled_from(["human", "machine"])


class Writing(RuleBasedStateMachine):
    """People and machines write, translate, review and remove."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text()

    @rule(language=LANGUAGES, words=WORDS)
    def write(self, language: str, words: str) -> None:
        """Write the source."""
        self.do(lambda: self.text.write(language, words, by="Nils"))
        assert (self.text.source, self.text.words(language)) == (language, words)

    @rule(language=LANGUAGES, base=st.none() | LANGUAGES, words=WORDS, older=st.none() | WORDS, origin=ORIGINS)
    def translate(self, language: str, base: str | None, words: str, older: str | None, origin: Origin) -> None:
        """Translate from any version, of today or of then."""
        before = self.text.versions.get(language)
        self.do(lambda: self.text.translate(language, words, made_from=base, based_on=older, origin=origin))
        if origin == "machine" and before and before.origin == "human":
            assert self.text.words(language) == before.words

    @rule(language=LANGUAGES)
    def review(self, language: str) -> None:
        """Find a version right."""
        self.do(lambda: self.text.review(language, by="Sara"))
        version = self.text.versions.get(language)
        if version and version.made_from:
            assert version.digest == digest(self.text.versions[version.made_from].words)

    @rule(language=LANGUAGES)
    def remove(self, language: str) -> None:
        """Take a version away."""
        self.do(lambda: self.text.remove(language))

    def do(self, verb: Callable[[], Text]) -> None:
        """Do it, or be told why not; the old value stays as it was."""
        old, told = self.text, json.dumps(self.text.to_json())
        with suppress(ConsortiumError):
            self.text = verb()
        assert json.dumps(old.to_json()) == told

    @invariant()
    def there_is_one_source(self) -> None:
        """Find exactly one version that was made from nothing, once there are any."""
        sources = [tag for tag in self.text if self.text.versions[tag].made_from is None]
        assert len(sources) == bool(self.text)

    @invariant()
    def every_version_leads_to_the_source(self) -> None:
        """Walk from each version to the source without meeting one twice."""
        for start in self.text:
            met: list[str] = []
            tag: str | None = start
            while tag is not None:
                assert tag not in met
                met.append(tag)
                tag = self.text.versions[tag].made_from
            assert met[-1] == self.text.source

    @invariant()
    def what_was_made_from_other_words_is_outdated(self) -> None:
        """Compare what each version was made from with what stands there now."""
        for tag, version in self.text.versions.items():
            if version.made_from and digest(self.text.versions[version.made_from].words) != version.digest:
                assert self.text.state(tag) is TextState.OUTDATED

    @invariant()
    def earlier_words_are_those_that_are_needed(self) -> None:
        """Find the words that each changed version was made from, and no others."""
        links = [(version, version.made_from) for version in self.text.versions.values() if version.made_from]
        changed = {v.digest for v, base in links if digest(self.text.versions[base].words) != v.digest}
        assert set(self.text.earlier) == changed - {None}
        assert all(digest(words) == key for key, words in self.text.earlier.items())

    @invariant()
    def the_difference_ends_in_the_present_words(self) -> None:
        """Put the kept and the put-in pieces together."""
        for tag in self.text:
            pieces = self.text.difference(tag)
            now = "".join(piece.words for piece in pieces if piece.change != "out")
            assert bool(pieces) == (self.text.state(tag) is TextState.OUTDATED)
            assert not pieces or now in {version.words for version in self.text.versions.values()}

    @invariant()
    def json_brings_it_back(self) -> None:
        """Write it down and read it again."""
        plain = self.text.to_json()
        assert Text.from_json(plain) == self.text == Text.from_raw(json.dumps(plain))
        assert Text(self.text.versions, self.text.earlier) == self.text


TestWriting = Writing.TestCase
TestWriting.settings = settings(deadline=None, max_examples=100, stateful_step_count=25)
