"""The consortium's own terms, beside those of the house."""

from typing import ClassVar

from sqlalchemy.orm import Mapped

from consortium.models.base import Member
from consortium.models.columns import Code
from consortium.texts import Text


class TermEntry(Member):
    """A term and what it is called in each language, or a name that no language changes.

    ``avoid`` are words, with commas between them, that a language should not use for it.
    """

    __tablename__ = "term_entry"
    texts: ClassVar[tuple[str, ...]] = ("words", "avoid")
    sorted_by: ClassVar[str] = "words"

    kind: Mapped[Code]
    words: Mapped[Text]
    avoid: Mapped[Text]
