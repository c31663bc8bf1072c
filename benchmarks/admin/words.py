"""Words of our own: texts in two languages with their index lines, drawn from a pool so that a million are made in minutes."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from benchmarks.rows import text
from consortium.models.dialect import dump
from consortium.texts import Text
from consortium.texts.stems import stems

#: in hardly any text, in more than half of them, and together in a few
RARE, COMMON, TWO = "fyrlykten", "kommunen", "brukerråd rusvern"

#: different words of each language, of which the first ones are said most
VOCABULARY = 4000

#: different texts of each field; each is said again some times at the larger sizes
POOL = 2000

NB = (
    "og i som til for med av på er har vi kommunen tjenesten deltakerne oppfølging veilederen samarbeidet samlingen "
    "erfaringer planen møtet ukene fastlegen tilbudet hjelpen bydelen brukerråd rusvern pårørende ungdom åpen øve ære"
)
SV = (
    "och i som till för med av på är har vi kommunen tjänsten deltagarna uppföljning handledaren samarbetet träffen "
    "erfarenheter planen mötet veckorna läkaren stödet hjälpen stadsdelen brukarråd missbruksvård anhöriga ungdom öppen öva ära"
)
NB_PARTS = (
    "tjeneste plan møte kurs bolig arbeids skole helse bruker nærmiljø rus psykisk familie verdighets mestrings aktivitets "
    "kunnskaps kommune fylkes region nettverks samtale gruppe dag kveld uke støtte tiltaks ressurs forebyggings ettervern "
    "fag team recovery erfarings likemanns oppsøkende veilednings kartleggings evaluerings rapport metode utviklings "
    "prosjekt start slutt vår høst sommer vinter barne unge voksen eldre innvandrer språk kultur idretts friluft natur "
    "mat musikk kunst håndverks verksteds hus gård park strand fjell"
)
SV_PARTS = (
    "tjänste plan mötes kurs bostads arbets skol hälso brukar närmiljö drog psykisk familje värdighets coping aktivitets "
    "kunskaps kommun läns region nätverks samtals grupp dag kväll vecko stöd åtgärds resurs förebyggande eftervård "
    "fack team recovery erfarenhets kamrat uppsökande handlednings kartläggnings utvärderings rapport metod utvecklings "
    "projekt start slut vår höst sommar vinter barn unga vuxen äldre invandrar språk kultur idrotts friluft natur "
    "mat musik konst hantverks verkstads hus gård park strand fjäll"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is kept, and its lines of the index: language, words, stems and state."""

    raw: str
    lines: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Language:
    """The words of a language, and how often each is said: the n-th one time in n."""

    words: Sequence[str]
    weights: Sequence[float]

    def say(self, chance: random.Random, length: int) -> str:
        """Say some words."""
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=length)).capitalize() + "."


def vocabulary(first: str, parts: str) -> Language:
    """Make a vocabulary: words that everybody says, then compounds."""
    compounds = (one + other for one, other in product(parts.split(), repeat=2))
    words = list(dict.fromkeys([*first.split(), *compounds]))[:VOCABULARY]
    return Language(words, list(accumulate(1 / (3 + place) for place in range(len(words)))))


def said(value: Text) -> Said:
    """Write a text as the recorder would."""
    told = (language for language in ("nb", "sv") if value.words(language))
    lines = (
        (each, str(value.words(each)), stems(str(value.words(each)), each), str(value.state(each))) for each in told
    )
    return Said(dump(value.to_json()), tuple(lines))


def pool(length: int, *, seed: int, size: int) -> list[Said]:
    """Make texts of about ``length`` words in each language."""
    chance = random.Random(seed)  # noqa: S311  # data, no secret
    return [said(text(nb, sv)) for nb, sv in _pairs(chance, length, size)]


def _pairs(chance: random.Random, length: int, size: int) -> Iterator[tuple[str, str]]:
    norwegian, swedish = vocabulary(NB, NB_PARTS), vocabulary(SV, SV_PARTS)
    for _ in range(size):
        yield norwegian.say(chance, length), swedish.say(chance, length)
