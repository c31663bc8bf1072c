"""What a report says: a tree of few kinds of block, each word of which knows its language."""

from consortium.documents.blocks import (
    Block,
    Cell,
    Chart,
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
from consortium.documents.drawings import Bar, Bars, Drawing, Grid, GridRow, Lane, Part, Point, Square, Timeline
from consortium.documents.speech import Speech
from consortium.documents.words import Mark, Phrase, Words
from consortium.documents.writer import Writer

__all__ = [
    "Bar",
    "Bars",
    "Block",
    "Cell",
    "Chart",
    "Column",
    "Comparison",
    "Details",
    "Document",
    "Drawing",
    "Grid",
    "GridRow",
    "Heading",
    "Items",
    "Lane",
    "Mark",
    "Note",
    "Panel",
    "Paragraph",
    "Part",
    "Phrase",
    "Point",
    "Row",
    "Section",
    "Speech",
    "Square",
    "Table",
    "Timeline",
    "Words",
    "Writer",
]
