"""One family of errors: what a person can understand and put right."""

from collections.abc import Sequence

from consortium.i18n.message import Message


class ConsortiumError(Exception):
    """Something that a person can understand and put right; says what, and what to do next."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def say(self, language: str) -> str:
        """Say in ``language`` (a BCP 47 tag) what is wrong and what to do."""
        return self.message.say(language)

    def __str__(self) -> str:
        """Say it in English, for logs and scripts."""
        return self.say("en")


class InvalidValue(ConsortiumError):
    """A value that cannot be kept as it was written.

    :ivar field: the name of the field that it is about, where that is known
    """

    def __init__(self, message: Message, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class UnusableText(InvalidValue):
    """Words with signs in them that no database and no document can hold."""


class HumanWordsKept(ConsortiumError):
    """A machine draft was refused, because a person has written these words."""


class FrozenWords(ConsortiumError):
    """A submitted status would have been rewritten."""


class PeriodLocked(ConsortiumError):
    """A status was reported of a day whose reporting period is closed."""


class NotFound(ConsortiumError):
    """What was asked for is not there, or may not be seen."""


class NotPermitted(ConsortiumError):
    """The principal may not do this."""


class Conflict(ConsortiumError):
    """Somebody else changed the record in the meantime."""


class DatabaseProblem(ConsortiumError):
    """The database is missing, of another version or out of reach."""


class DatabaseBusy(DatabaseProblem):
    """Somebody else was writing for longer than one can be let wait."""


class Crossed(DatabaseBusy):
    """Two units of work stood in each other's way; whoever owns this one can begin it again."""


class Undecided(DatabaseProblem):
    """The database went away while it was keeping something, and nobody knows whether it did."""


class SnapshotAltered(ConsortiumError):
    """The lines of a snapshot are not those that were kept."""


class PluginProblem(ConsortiumError):
    """A plugin brought something that cannot be used."""


class ManyProblems(ConsortiumError):
    """Something was refused for several reasons at once.

    :ivar problems: every problem that was found, each of which says where it is
    """

    def __init__(self, message: Message, problems: Sequence[Message]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class ImportRefused(ManyProblems):
    """A file was not imported; the database is as it was."""


class TextsMissing(ManyProblems):
    """A report was not written, because texts are missing in its languages."""
