"""Documents to write: every block, in one language and in two, with words that say in which language they are."""

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from itertools import count

from consortium.documents import (
    Bar,
    Bars,
    Block,
    Chart,
    Column,
    Comparison,
    Details,
    Document,
    Drawing,
    Grid,
    GridRow,
    Heading,
    Items,
    Lane,
    Mark,
    Note,
    Panel,
    Paragraph,
    Part,
    Phrase,
    Point,
    Row,
    Section,
    Square,
    Table,
    Timeline,
    Words,
    Writer,
)

DAY = date(2026, 6, 12)


def say(words: str, language: str = "nb", **more: str) -> Words:
    """Say ``words`` once."""
    return (Phrase(words, language, **more),)  # type: ignore[arg-type]  # more is a note or a sign


def document(*blocks: Block, languages: tuple[str, ...] = ("nb",), stream: Iterable[Block] = ()) -> Document:
    """Make a document of ``blocks`` with the shortest of title blocks."""
    return Document(
        key="sample",
        title=say("Statusoversikt"),
        owner=say("Trygg oppvekst"),
        languages=languages,
        day=DAY,
        period=say("Status per 12. juni 2026"),
        details=Details(((say("Dato"), say("12. juni 2026")),)),
        fingerprint="0123456789abcdef" * 4,
        blocks=stream or blocks,
    )


def written(writer: Writer, made: Document) -> bytes:
    """Write ``made`` into memory."""
    file = BytesIO()
    writer.write(made, file)
    return file.getvalue()


def section(number: int, level: int = 2, *blocks: Block) -> Section:
    """Make a section with a title of its own."""
    return Section(
        Heading(say(f"Avsnitt {number}"), 1 if level == 1 else 2, f"a{number}"), blocks or (Paragraph(say("Tekst")),)
    )


def drawings(words: Callable[[str], Words]) -> tuple[Drawing, ...]:
    """Make a drawing of each kind of what ``words`` says; it is told the sign that goes with it."""
    parts = (Part(words("state.planned"), 1), Part(words("state.on_track"), 12), Part(words(""), 3))
    lanes = (
        Lane(words(""), (Point(DAY, "milestone.achieved", 2), Point(DAY, "milestone.overdue"))),
        Lane(words(""), (Point(date(2027, 1, 1), "milestone.due"),)),
    )
    ticks = ((date(2026, 1, 1), words("")), (date(2027, 1, 1), words("")))
    squares = tuple(Square(words(""), shade) for shade in range(5))
    return (
        Bars((Bar(words(""), parts), Bar(words(""), ()))),
        Timeline(lanes, (words("milestone.achieved"), words("milestone.due")), (DAY, words("")), ticks),
        Grid(tuple(words("") for _ in squares), (GridRow(words(""), squares),), ((0, words("")), (4, words("")))),
    )


def chart(drawing: Drawing) -> Chart:
    """Make a chart of a drawing."""
    behind = Table(say("Tallene"), (Column(say("Land")), Column(say("Antall"))), (Row((say("Norge"), say("12"))),))
    return Chart(say("Tilstand"), say("Tolv er i rute."), drawing, behind)


def every_block(languages: tuple[str, ...]) -> Document:
    """Make a document of every kind of block in which each text names its language and is there only once."""
    numbers = count()

    def words(sign: str = "") -> Words:
        number = next(numbers)
        return tuple(Phrase(f"{tag}-ord-{number}", tag, sign=sign) for tag in languages)

    def paragraph() -> Paragraph:
        return Paragraph(words(), words())

    asked = languages[-1]

    def marked(tag: str, mark: Mark) -> Words:
        return (*words()[:-1], Phrase(f"{tag}-ord-{next(numbers)}", tag, mark, f"{asked}-ord-{next(numbers)}"))

    def figures() -> Table:
        return Table(words(), (Column(words()), Column(words())), (Row((words(), words())),))

    before = Panel(words(), words("state.on_track"), (paragraph(),))
    now = Panel(words(), words("state.at_risk"), (paragraph(), Paragraph(words())))
    columns = (Column(words(), share=3), Column(words()), Column(words()), Column(words(), "end"))
    rows = (
        Row((words(), words("state.delayed"), words("trend.better"), say("12", languages[0])), "part"),
        Row((marked("en", Mark.FALLBACK), words("plan.unknown"), (), words()), "nowhere"),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(words()),
        Section(
            Heading(words(), 1, "chapter"),
            (Table(words(), columns, rows), Items((words(), say(f"sv-ord-{next(numbers)}", "sv")))),
        ),
        Section(
            Heading(marked(asked, Mark.OUTDATED), 2, "part"),
            (
                Details(((words(), words("trend.worse")), (words(), words()))),
                paragraph(),
                *(Paragraph(marked(asked, mark)) for mark in Mark),
                Paragraph(marked("ar", Mark.FALLBACK)),
                Paragraph((*words()[:-1], Phrase(f"{asked}-ord-{next(numbers)}", asked, Mark.MISSING))),
                Paragraph(say(f"sv-ord-{next(numbers)}", "sv"), words()),
                Paragraph(words(), say(f"sv-ord-{next(numbers)}", "sv")),
                Comparison(before, now),
                Heading(words(), 3, "detail"),
                Comparison(None, Panel(words(), words("state.completed"), (paragraph(),))),
                *(Chart(words(), words(), each, figures()) for each in drawings(words)),
                Note(words()),
                Note(say(f"sv-ord-{next(numbers)}", "sv")),
            ),
        ),
    )
    return Document(
        "every", words(), words(), languages, DAY, words(), Details(((words(), words()),)), "ab" * 32, blocks
    )


#: what people paste, and what somebody might try
HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"'&amp;&lt;",
    '#import "x.typ": * #panic()',
    "*bold* _it_ $x^2$ @ref <label> `raw` \\ // /* ] } ${",
    "{{ 7*7 }} {page} %s",
    "= Heading\n- list\n+ enum",
    "x" * 10_000,
    "שלום עולם",
    "مرحبا بالعالم",
    "smil 😀 👩‍👩‍👧 日本語",
    "\u202eabc\u200b\ufeff\u00ad",
    "",
)


def blocks_of(hostile: str) -> tuple[Block, ...]:
    """Put hostile words wherever words can stand."""
    phrase = Phrase(hostile, "nb", Mark.FALLBACK, hostile, "state.on_track")
    columns = (Column(say("A")), Column(say(hostile)))
    return (
        Paragraph((phrase,), say(hostile)),
        Table(say(hostile), columns, (Row(((phrase,), say(hostile)), hostile),)),
        *(
            Chart(say(hostile), say(hostile), each, Table(say(hostile), columns, ()))
            for each in drawings(lambda _: (phrase,))
        ),
        Section(Heading(say(hostile), 2, hostile), ()),
    )
