"""Every claim of the contract can fail, and says what to do."""

from pathlib import Path

import pytest

from consortium.proving import CLAIMS, Trial, bounds
from consortium.scaffold import new_plugin
from tests.testing.plugins import REPORT, Write, wrong

GOOD = """
def chapter(telling):
    for each in telling.sub_projects():
        yield Paragraph(telling.speech.title(each.title))
"""

BAD = {
    "comes_in_without_a_fault": ("raise RuntimeError('no')", "RuntimeError: no"),
    "keys_are_in_form_and_its_own": (
        "def chapter(telling): yield from ()\n" + REPORT.replace('"bad"', '"Bad report"'),
        "'Bad report' is no key",
    ),
    "every_message_is_said_in_nb_and_sv": (GOOD + REPORT, "there is no translation into sv: “Bad”"),
    "the_same_facts_give_the_same_document": (
        "def chapter(telling): yield Paragraph(telling.speech.day(clock.today()))" + REPORT,
        "the report “bad” is another one the next time",
    ),
    "an_empty_consortium_is_survived": (
        "def chapter(telling): yield from ()\n"
        "class Whole(StatusReport):\n"
        "    def document(self, facts, speech): facts.partners[0]; return super().document(facts, speech)\n"
        + REPORT.replace("(StatusReport)", "(Whole)"),
        "the report “bad” fails: IndexError: tuple index out of range",
    ),
    "a_huge_consortium_is_survived": (
        "def chapter(telling):\n    assert telling.survey.total < 99\n    yield from ()" + REPORT,
        "the report “bad” fails: AssertionError",
    ),
    "odd_words_are_survived": (
        "@hookimpl\ndef consortium_text_checks():\n"
        "    yield TextCheck('bad', TITLE, lambda words, language: [words[0]])",
        "the check “bad” fails: IndexError",
    ),
    "every_phrase_has_the_tag_of_its_language": (
        "def chapter(telling):\n"
        "    for each in telling.sub_projects():\n"
        "        yield Paragraph((Phrase(each.title.words('sv'), telling.speech.languages[0]),))" + REPORT,
        "is in sv, but is said to be in nb",
    ),
    "personal_data_is_declared": (
        "def chapter(telling):\n"
        "    for each in telling.sub_projects():\n"
        "        yield Paragraph(telling.speech.plain(each.current.reported_by if each.current else '–'))"
        + REPORT.replace("key =", "personal_data = frozenset(); key ="),
        "names reporters: declare personal_data",
    ),
    "time_and_memory_are_bounded": (
        "def chapter(telling):\n    held = [bytes(2**20) for _n in range(60)]\n"
        "    yield Paragraph(telling.speech.number(len(held)))" + REPORT,
        "the report “bad” holds ",
    ),
    "facts_stay_as_they_are": (
        "def chapter(telling):\n    telling.facts.day = None\n    yield from ()" + REPORT,
        "changes the facts: FrozenInstanceError",
    ),
    "every_format_writes_it": (
        "def chapter(telling): yield 'words'" + REPORT,
        "html: ",
    ),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_can_fail(claim: str, plugin: Write) -> None:
    code, told = BAD[claim]

    assert told in wrong(claim, plugin(code))


def test_a_plugin_that_is_as_it_should_be_is_told_nothing(plugin: Write) -> None:
    trial = plugin(GOOD + REPORT)

    assert {claim: wrong(claim, trial) for claim in CLAIMS if "message" not in claim} == {
        claim: "" for claim in CLAIMS if "message" not in claim
    }


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("def chapter(telling): yield Paragraph(telling.speech.plain('Behov'))", "says “Behov” in every language"),
        ("def chapter(telling): yield Paragraph((Phrase('Behov', 'da'),))", "is said to be in da"),
    ],
)
def test_words_that_are_no_message_are_found(plugin: Write, code: str, told: str) -> None:
    assert told in wrong("every_phrase_has_the_tag_of_its_language", plugin(code + REPORT))


def test_a_set_that_is_told_as_it_comes_is_found(plugin: Write) -> None:
    code = (
        "def chapter(telling): yield Paragraph(telling.speech.plain(' '.join({p.key for p in telling.facts.partners})))"
    )

    assert "another one in another process" in wrong("the_same_facts_give_the_same_document", plugin(code + REPORT))


def test_a_key_of_somebody_elses_and_one_that_comes_twice_are_found(plugin: Write) -> None:
    code = GOOD + REPORT.replace('"bad"', '"status-summary"') + "    yield Bad()\n"
    told = wrong("keys_are_in_form_and_its_own", plugin(code))

    assert "is somebody else's already" in told
    assert "it brings two things called 'status-summary'" in told


def test_words_that_are_sought_in_the_catalogs_of_the_house_are_found(plugin: Write) -> None:
    code = "from consortium.i18n.message import _\nTITLE = _('My own fjell')\n" + GOOD + REPORT

    assert "is sought in the catalogs of the house: write _ = Voice(" in wrong(
        "every_message_is_said_in_nb_and_sv", plugin(code)
    )


@pytest.mark.parametrize(
    ("brings", "told"),
    [
        (
            "consortium_submission_checks(): yield SubmissionCheck('bad', TITLE, lambda status: ['no remark'])",
            "says a str, not a Remark",
        ),
        ("consortium_identifier_kinds(): yield IdentifierKind('bad', TITLE, 'NO', int)", "raises ValueError"),
        (
            "consortium_importers(): yield Importer('bad', TITLE, TITLE, ('csv',), lambda file: file.decode())",
            "the importer “bad” ra",
        ),
        (
            "consortium_sections(): yield SectionAddition('bad', TITLE, 'status-summary', 'after', 'work', lambda t: 1 / 0)",
            "",
        ),
    ],
)
def test_whatever_a_plugin_brings_is_tried(plugin: Write, brings: str, told: str) -> None:
    trial = plugin(f"@hookimpl\ndef {brings}")
    found = wrong("odd_words_are_survived", trial) + wrong("an_empty_consortium_is_survived", trial)

    assert (told or "the section “bad” fails: ZeroDivisionError") in found


def test_a_plugin_that_does_not_come_in_fails_one_test_and_is_not_tried_further() -> None:
    trial = Trial("no_such_plugin")

    assert not trial.is_in
    assert "ModuleNotFoundError" in wrong("comes_in_without_a_fault", trial)


def test_a_report_that_takes_many_times_as_long_is_found(plugin: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "TIMES", 0)
    monkeypatch.setattr(bounds, "SECONDS", 0)

    assert "the report “bad” takes " in wrong(
        "time_and_memory_are_bounded", plugin(REPORT.replace("(chapter,)", "StatusReport.chapters"))
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Vem {odd} ber om stöd",
            "another place for a value stands in the translation into sv: “Who asks for support”",
        ),
        ("", "there is no translation into sv: “Who asks for support”"),
    ],
)
def test_a_translation_that_cannot_be_said_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    name = f"skog{len(said)}"
    made = new_plugin(name, folder=tmp_path / "skog")
    catalog = made / f"consortium_{name}" / "translations" / "sv" / "LC_MESSAGES" / f"consortium_{name}.po"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("Vem ber om stöd", said), encoding="utf-8")
    monkeypatch.syspath_prepend(made)

    assert told in wrong("every_message_is_said_in_nb_and_sv", Trial(f"consortium_{name}"))
