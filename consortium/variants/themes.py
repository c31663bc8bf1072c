"""The themes across sub-projects: to what degree each promotes them, compared across partners."""

from collections import Counter
from collections.abc import Iterator

from consortium.documents import Bar, Bars, Block, Chart, Column, Heading, Part, Row, Section, Table
from consortium.facts import AssessmentFacts, Stream, SubProjectFacts, ThemeFacts
from consortium.i18n.message import _, _n, listed
from consortium.texts.terms import Term, terms
from consortium.variants.anchors import anchor
from consortium.variants.situation import in_figures
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """Tell each theme that somebody has assessed."""
    degrees = telling.survey.degrees
    scope = telling.facts.scope
    asked = scope.key if scope and scope.kind == "theme" else None
    themes = [theme for theme in telling.facts.themes if degrees[theme.key] and asked in {None, theme.key}]
    if not themes:
        return
    yield Section(Heading(telling.speech.say(_("Themes across the sub-projects")), 1, "themes"), ())
    for theme in themes:
        yield _section(theme, degrees[theme.key], telling)


def _section(theme: ThemeFacts, degrees: Counter[str], telling: Telling) -> Section:
    speech = telling.speech
    heading = Heading(speech.title(theme.name), 2, anchor("theme", theme.key))
    blocks: list[Block] = [*speech.paragraphs(theme.question), _chart(degrees, telling), _answers(theme, telling)]
    return Section(heading, tuple(blocks))


def _chart(degrees: Counter[str], telling: Telling) -> Chart:
    speech, total = telling.speech, degrees.total()
    counts = [(code, degrees[code]) for code in reversed(terms("degree")) if degrees[code]]
    said = listed(
        _("{count} {degree}").fill(count=count, degree=Term(code, context="degree")) for code, count in counts
    )
    sentence = _n(
        "{count} sub-project has answered: {degrees}.", "{count} sub-projects have answered: {degrees}.", total
    )
    columns = (Column(speech.say(_("Degree")), share=3), Column(speech.say(_("Sub-projects")), align="end"))
    rows = tuple(Row((speech.term("degree", code), speech.number(count))) for code, count in counts)
    bars = Bars(tuple(Bar(speech.term("degree", c), (Part((), n),)) for c, n in counts))
    title = _("Sub-projects by degree")
    table = Table(speech.say(in_figures(title)), columns, rows)
    return Chart(speech.say(title), speech.say(sentence.fill(degrees=said)), bars, table)


def _answers(theme: ThemeFacts, telling: Telling) -> Table:
    """Set every answer on a line, partner by partner."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Partner")), share=3),
        Column(speech.say(_("Sub-project")), share=3),
        Column(speech.say(_("Degree")), share=2),
        Column(speech.say(_("In words")), share=6),
    )
    rows = Stream(
        lambda: (
            _answer(each, assessment, telling)
            for each in telling.sub_projects()
            for assessment in each.assessments
            if assessment.theme == theme.key
        )
    )
    return Table(speech.say(_("The answers")), columns, rows)


def _answer(each: SubProjectFacts, assessment: AssessmentFacts, telling: Telling) -> Row:
    speech = telling.speech
    leader = speech.name(telling.facts.partner[each.partners[0]].name)
    degree = speech.term("degree", assessment.degree)
    cells = (leader, speech.title(each.title), degree, speech.read(assessment.words) or speech.plain("–"))
    return Row(cells, anchor("sub-project", each.key), assessment.key)
