"""What our letters say, in plain sentences and in the language of whoever reads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from consortium.errors import InvalidValue
from consortium.i18n.language import interface_language
from consortium.i18n.message import LanguageName, Message, _, _n, say
from consortium.models import Person, StatusComment, StatusUpdate, SubProject
from consortium.services.letters import NewLetter
from consortium.services.overdue import Overdue, OverdueReport
from consortium.services.subjects import known_line
from consortium.texts import Text, told
from consortium.texts.terms import Term


@dataclass(frozen=True)
class Occasion:
    """To whom we write about which sub-project, with which link.

    :ivar address: the link; it opens for the last time on ``expires``
    """

    person: Person
    sub_project: SubProject
    address: str
    expires: date

    @property
    def language(self) -> str:
        """The language of the letter: the recipient's, where we speak it."""
        return interface_language(self.person.language)


def reminder(
    occasion: Occasion,
    due: Sequence[Overdue],
    *,
    day: date,
    asked: Mapping[StatusUpdate, Iterable[StatusComment]] = MappingProxyType({}),
) -> NewLetter:
    """Write that something is due or overdue, what, and since when or until when.

    :param asked: the statuses that were returned and not answered yet, with what is asked of each
    """
    lines: list[Message | str] = [_dated(each, day) for each in due]
    for update, comments in asked.items():
        back = _("The staff have returned the status of {day} and wait for your answer. They ask:")
        lines += ["", back.fill(day=update.day), *(_asked(each, occasion.language) for each in comments)]
    subject = _("Time to report: {sub_project}")
    return _letter("reminder", occasion, subject, [_("This is what we are waiting for from {sub_project}:"), *lines])


def link_alone(occasion: Occasion) -> NewLetter:
    """Write nothing but that there is a link."""
    subject = _("Your link to report: {sub_project}")
    return _letter("status_link", occasion, subject, [_("You can now report on {sub_project}.")])


def returned(occasion: Occasion, update: StatusUpdate, comments: Iterable[StatusComment]) -> NewLetter:
    """Write that a status was returned, and what is asked at which of its fields."""
    subject = _("Your status was returned: {sub_project}")
    told_lines: list[Message | str] = [
        _("The staff have returned the status of {day} for {sub_project}. They ask:").fill(day=update.day),
        *(_asked(each, occasion.language) for each in comments),
        "",
        _("Answer in the form, and send it again. Until then no report tells this status."),
    ]
    words = _letter("returned", occasion, subject, told_lines, ask=_("Answer here; you need no account:"))
    return replace(words, about=(f"returned {update.key}",))


def _asked(comment: StatusComment, language: str) -> Message:
    """Say what is asked at a field, in the words that the recipient reads best; another language is named."""
    read = comment.words.read(language)
    if read is None:
        raise InvalidValue(
            _("A status is returned with a comment. Write at one field at least what is asked."), "words"
        )
    field = Term(comment.field, context="status_field")
    if interface_language(read.language) == language:
        return _("– {field}: {words}").fill(field=field, words=read.words)
    return _("– {field} ({language}): {words}").fill(
        field=field, language=LanguageName(read.language), words=read.words
    )


def code_of(each: Overdue) -> str:
    """Say in a code what a letter tells of, so that it is not told twice."""
    if isinstance(each, OverdueReport):
        return f"report {each.sub_project.key} {each.period}"
    return f"milestone {each.key}"


def _letter(
    kind: str,
    occasion: Occasion,
    subject: Message,
    told_lines: Sequence[Message | str],
    *,
    ask: Message = _("Report here; you need no account:"),  # noqa: B008  # a message is never changed
) -> NewLetter:
    language, title = occasion.language, _one_line(occasion.sub_project.title)
    places = {"sub_project": title, "name": occasion.person.name, "expires": occasion.expires}
    parts = [_("Hello {name}."), "", *told_lines, "", ask, *_ending(occasion.address)]
    words = [each.fill(**places).say(language) if isinstance(each, Message) else each for each in parts]
    return NewLetter(
        kind=kind,
        language=language,
        subject=_subject(subject, title.say(language), occasion.sub_project.key, language),
        body="\n".join(words),
        person=occasion.person,
        sub_project=occasion.sub_project,
        secret=occasion.address,
        expires=occasion.expires,
    )


def _ending(address: str) -> Iterator[Message | str]:
    yield address
    yield ""
    yield _("The link is yours alone. It works until {expires}, or until you have submitted. Do not pass it on.")
    yield _("Questions? Ask the staff of the consortium. Nobody reads answers to this letter.")


def _subject(subject: Message, title: str, key: str, language: str) -> str:
    """Say what the letter is about; a title that no head of a letter can hold is left out for the key."""
    try:
        return known_line(subject.fill(sub_project=title).say(language))
    except InvalidValue:
        return known_line(subject.fill(sub_project=key.encode("ascii", "ignore").decode()).say(language))


def _one_line(title: Text) -> Message:
    return _OneLine("", values={"title": told(title)})


class _OneLine(Message):
    """A message without line breaks."""

    def say(self, language: str) -> str:
        """Say it in ``language``, on one line."""
        return " ".join(" ".join(str(say(each, language)) for each in self.values.values()).split())


def _dated(each: Overdue, day: date) -> Message:
    left = (each.due - day).days
    line = _report(left) if isinstance(each, OverdueReport) else _milestone(left)
    what = each.period if isinstance(each, OverdueReport) else _one_line(each.title)
    return line.fill(what=what, due=each.due)


def _report(left: int) -> Message:
    if left > 0:
        return _n(
            "– The report for {what} is due on {due}: in {count} day.",
            "– The report for {what} is due on {due}: in {count} days.",
            left,
        )
    if left == 0:
        return _("– The report for {what} is due today, {due}.")
    return _n(
        "– The report for {what} was due on {due}: {count} day ago.",
        "– The report for {what} was due on {due}: {count} days ago.",
        -left,
    )


def _milestone(left: int) -> Message:
    return _n(
        "– The milestone “{what}” was due on {due}: {count} day ago. Is it reached?",
        "– The milestone “{what}” was due on {due}: {count} days ago. Is it reached?",
        -left,
    )
