"""What a report says: a tree of few kinds of block, each word of which knows its language."""

from consortium.documents.blocks import (
    Block,
    Cell,
    Column,
    Comparison,
    Details,
    Document,
    Heading,
    Items,
    Note,
    Panel,
    Paragraph,
    Row,
    Section,
    Table,
)
from consortium.documents.speech import Speech
from consortium.documents.words import Mark, Phrase, Words
from consortium.documents.writer import Writer

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Comparison",
    "Details",
    "Document",
    "Heading",
    "Items",
    "Mark",
    "Note",
    "Panel",
    "Paragraph",
    "Phrase",
    "Row",
    "Section",
    "Speech",
    "Table",
    "Words",
    "Writer",
]
