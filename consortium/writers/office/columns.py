"""How the columns of a table share the line."""

from collections.abc import Sequence

from consortium.documents import Column

#: a table with so few columns, the last of which has figures, is not drawn out over the whole width, which would tear a
#: word from its figure
SMALL_TABLE = 2
#: letters of a table's type in a line; no column is too narrow for a usual word of its head
LINE, USUAL_WORD, ROOM = 98, 16, 3


def widths(columns: Sequence[Column]) -> list[float]:
    """Share the line among columns, so that each has room for a usual word of its head."""
    whole = sum(column.share for column in columns)
    longest = (
        max((len(word) for phrase in column.words for word in phrase.words.split()), default=0) for column in columns
    )
    shares = [
        max(LINE * column.share / whole, min(letters, USUAL_WORD) + ROOM)
        for column, letters in zip(columns, longest, strict=True)
    ]
    is_small = len(columns) <= SMALL_TABLE and columns[-1].align == "end"
    line = 0.5 if is_small else 1
    return [line * share / sum(shares) for share in shares]
