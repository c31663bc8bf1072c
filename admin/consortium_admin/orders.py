"""Which report is asked for, as it stands in the address of the report page."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from flask import url_for

from consortium.errors import InvalidValue
from consortium.facts import Scope
from consortium.i18n.dates import parse_date
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import Message, _
from consortium.plugins import front_desk
from consortium.services.reporting import MISSING, Order, report_languages

#: the report that is shown unless another one is chosen
REPORT = "status-summary"

#: says in the form that the day beside it is meant
A_DAY = "day"

#: longer words are no choice of anybody's
LONGEST = 200

#: no report is of a day before or after these; a year of one's own is a slip of the pen
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)

#: what a report can be limited to
SCOPES = ("partner", "country", "theme")


@dataclass(frozen=True)
class Wish:
    """What is asked for, in the words of the address; empty for what is usual.

    :ivar first: the first language, and ``second`` the one beside it
    :ivar scope: kind and key of what it is limited to: ``country:SE``
    :ivar since: as in an order
    :ivar snapshot: key of a snapshot whose report is made again
    """

    report: str = ""
    first: str = ""
    second: str = ""
    scope: str = ""
    day: str = ""
    since: str = ""
    missing: str = ""
    snapshot: str = ""

    def address(self, **changes: str) -> dict[str, str]:
        """Say it in the words of an address, with some of them changed."""
        return {name: words for name, words in asdict(replace(self, **changes)).items() if words}

    def link(self) -> str:
        """Return the address of the page that shows what is asked for."""
        words: dict[str, Any] = {**self.address()}
        return url_for("reports.index", **words)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are asked for; none for the usual ones."""
        return tuple(filter(None, (self.first, self.second)))

    @property
    def since_day(self) -> str:
        """The day to compare with, if it is one."""
        return self.since if _day(self.since) else ""

    def order(self, today: date) -> Order:
        """Make an order of it."""
        return Order(
            self.report or REPORT,
            self.languages,
            _day(self.day) or today,
            self.since,
            self._scope(),
            self.missing or MISSING[0],
        )

    def _scope(self) -> Scope | None:
        kind, _colon, key = self.scope.partition(":")
        return Scope(kind, key) if kind in SCOPES else None  # type: ignore[arg-type]  # one of the three


@dataclass(frozen=True)
class Read:
    """A wish as it was read from an address.

    :ivar strange: what was passed over, by the field in which it stood
    """

    wish: Wish
    strange: Mapping[str, Message]


def read_wish(words: Mapping[str, str], tags: tuple[str, ...]) -> Read:
    """Read a wish from the words of an address; what nobody can choose is passed over and told.

    :param tags: the languages of the consortium
    """
    said = {field.name: words.get(field.name, "").strip() for field in fields(Wish)}
    if said["since"] == A_DAY:
        said["since"] = words.get("since_day", "").strip()
        said["since"] = said["since"] or A_DAY
    strange = dict(_strange(said, choosable(tags)))
    kept = {name: "" if name in strange else value for name, value in said.items()}
    if not kept["first"] or (kept["first"], kept["second"]) == _pair(usual_languages(kept["report"], tags)):
        kept["first"] = kept["second"] = ""
    kept["missing"] = kept["missing"].replace(MISSING[0], "")
    return Read(Wish(**kept), strange)


def choosable(tags: tuple[str, ...]) -> tuple[str, ...]:
    """List the languages to choose from: the consortium's own first."""
    return tuple(dict.fromkeys((*tags, *INTERFACE_LANGUAGES)))


def usual_languages(report: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Tell which languages a report has unless others are chosen."""
    return report_languages("", front_desk().variant(report or REPORT), tags)


def _strange(said: Mapping[str, str], languages: tuple[str, ...]) -> Iterator[tuple[str, Message]]:
    """Walk what cannot be chosen."""
    kind, _colon, key = said["scope"].partition(":")
    fits = {
        "report": said["report"] in {"", *front_desk().report_variants},
        "first": said["first"] in {"", *languages},
        "second": said["second"] in {"", *languages},
        "scope": not said["scope"] or (kind in SCOPES and bool(key)),
        "day": not said["day"] or _day(said["day"]) is not None,
        "missing": said["missing"] in {"", *MISSING},
    }
    for name, words in said.items():
        if not fits.get(name, True) or len(words) > LONGEST or not words.isprintable():
            shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words[:40])
            yield name, _("“{words}” cannot be chosen here, so it was passed over.").fill(words=shown)
    if said["first"] and said["first"] == said["second"]:
        yield "second", _("The two languages are the same. Choose another one, or only one.")
    if said["since"] == A_DAY:
        yield "since", _("Say which day to compare with.")


def _pair(languages: tuple[str, ...]) -> tuple[str, str]:
    first, *others = languages
    return first, next(iter(others), "")


def _day(words: str) -> date | None:
    try:
        day = parse_date(words) if words else None
    except InvalidValue:
        return None
    return day if day and EARLIEST <= day <= LATEST else None
