"""Where texts stand: every text of the facts is walked once, with its record and its owner."""

from decimal import Decimal

from consortium.facts import AssessmentFacts, GatheringFacts, StatementFacts, ThemeFacts
from consortium.facts.places import places_of, places_of_sub_project
from consortium.texts import Text
from tests.facts.made import DAY, facts, indicator, milestone, status, sub_project, text, value

FULL = sub_project(
    purpose=text(nb="Ro"),
    current=status(key="S1", achieved=text(nb="A"), next_steps=text(nb="B"), support_needs=text(nb="C")),
    milestones=(milestone(),),
    indicators=(indicator(new_target=value(3, key="V1", words=text(nb="D")), former_target=Decimal(9)),),
    assessments=(AssessmentFacts("A1", "t", DAY, "high", text(nb="E")),),
)


def test_every_text_of_a_sub_project_has_its_record_and_its_field() -> None:
    found = [(place.record, str(place.field)) for place in places_of_sub_project(FULL)]

    assert found == [
        ("DP-1", "Title"),
        ("DP-1", "Purpose"),
        ("S1", "Summary"),
        ("S1", "Achieved"),
        ("S1", "Next steps"),
        ("S1", "Support needs"),
        ("M1", "Milestone"),
        ("I1", "Indicator"),
        ("I1", "Unit"),
        ("V1", "Reason for the new target"),
        ("A1", "Assessment"),
    ]
    assert {place.anchor for place in places_of_sub_project(FULL)} == {("sub-project", "DP-1")}


def test_a_text_without_words_has_no_place() -> None:
    assert [str(place.field) for place in places_of_sub_project(sub_project(current=status(summary=Text())))] == [
        "Title"
    ]


def test_themes_and_gatherings_come_first() -> None:
    theme = ThemeFacts("t", text(nb="Recovery"), text(nb="I hvilken grad?"))
    said = StatementFacts("R1", "a", text(nb="Kommune a"), "tip", text(nb="Spør."))
    gathering = GatheringFacts(
        "G1", text(nb="Samling"), text(nb="Tillit"), "council", None, None, None, "", DAY, DAY, (), (said,)
    )
    found = list(places_of(facts(themes=(theme,), gatherings=(gathering,)), iter((sub_project(),))))

    assert [place.record for place in found] == ["t", "t", "G1", "G1", "R1", "DP-1"]
    assert str(found[4].owner) == "Kommune a"
    assert found[4].anchor == ("gathering", "G1")


def test_the_owner_is_named_in_the_language_of_the_reader() -> None:
    (place,) = places_of_sub_project(sub_project(title=text(nb="Huset", sv="Huset på svenska")))

    assert (place.owner.say("nb"), place.owner.say("sv")) == ("Huset", "Huset på svenska")
