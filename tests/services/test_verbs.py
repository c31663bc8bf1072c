"""Services are verbs: they check what they are given, and say what to do."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from consortium.errors import FrozenWords, HumanWordsKept, InvalidValue, NotFound
from consortium.i18n.numbers import Money
from consortium.services.consortia import find_consortium
from consortium.services.texts import review_text, translate_text, write_text
from consortium.testing import Make
from consortium.texts import TextState


def test_a_submitted_status_keeps_its_source_words(make: Make) -> None:
    status = make.status(summary={"nb": "Som det var."})

    with pytest.raises(FrozenWords, match="Add a new status that corrects"):
        write_text(
            make.session, make.operator, record=status, field="summary", language="nb", words="Som det burde være."
        )
    assert status.summary.words("nb") == "Som det var."


def test_a_submitted_status_can_be_translated_and_reviewed(make: Make) -> None:
    status = make.status(summary={"nb": "I rute."})
    translate_text(make.session, make.operator, record=status, field="summary", language="sv", words="Enligt plan.")
    review_text(make.session, make.operator, record=status, field="summary", language="sv")

    assert status.summary.state("sv") is TextState.REVIEWED


def test_a_machine_never_overwrites_a_person(make: Make) -> None:
    status = make.status(summary={"nb": "I rute.", "sv": "Enligt plan."})

    with pytest.raises(HumanWordsKept, match="machine’s draft was not used"):
        translate_text(
            make.session,
            make.operator,
            record=status,
            field="summary",
            language="sv",
            words="I rutan.",
            origin="machine",
        )
    assert status.summary.words("sv") == "Enligt plan."


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ({"state": "fine"}, "none of the words"),
        ({"day": date(2026, 6, 16)}, "still to come"),
        ({"summary": {"no": "Hei."}}, "which Norwegian"),
        ({"summary": {"nb": "Hei\x00."}}, r"U\+0000"),
        ({"key": "a;b"}, "cannot be a key"),
    ],
)
def test_a_bad_status_is_refused_with_advice(make: Make, others: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        make.status(**others)


def test_two_statuses_of_one_day_need_keys_of_their_own(make: Make) -> None:
    project = make.sub_project()
    make.status(project)

    with pytest.raises(InvalidValue, match="Give the new one a key"):
        make.status(project)


def test_a_correction_corrects_its_own_sub_project(make: Make) -> None:
    with pytest.raises(InvalidValue, match="another sub-project"):
        make.status(corrects=make.status())


@pytest.mark.parametrize("amount", ["-1", "1.234", "9999999999999"])
def test_a_budget_is_an_amount_that_can_be_paid(make: Make, amount: str) -> None:
    with pytest.raises(InvalidValue, match="cannot be a budget"):
        make.sub_project(budget=Money(Decimal(amount), "NOK"))


def test_a_budget_has_a_currency_of_the_region(make: Make) -> None:
    with pytest.raises(InvalidValue, match="NOK, SEK, EUR"):
        make.sub_project(budget=Money(Decimal(1), "USD"))


def test_a_sub_project_has_partners_of_one_consortium_each_once(make: Make) -> None:
    here, there = make.partner(), make.partner(consortium=make.consortium())
    for partners, says in (([here, there], "same consortium"), ([here, here], "only once")):
        with pytest.raises(InvalidValue, match=says):
            make.sub_project(partners=partners)


def test_an_identifier_that_no_plugin_knows_is_refused(make: Make) -> None:
    with pytest.raises(InvalidValue, match="No plugin knows"):
        make.organisation(identifiers={"dk-cvr": "12345678"})


def test_an_end_comes_after_its_start(make: Make) -> None:
    with pytest.raises(InvalidValue, match="before the start date"):
        make.sub_project(start=date(2026, 2, 1), end=date(2026, 1, 1))


def test_among_several_consortia_one_must_be_named(make: Make) -> None:
    with pytest.raises(NotFound, match="no consortium yet"):
        find_consortium(make.session, make.operator)
    first, second = make.consortium(), make.consortium()

    assert find_consortium(make.session, make.operator, second.key) is second
    with pytest.raises(NotFound, match=f"{first.key}, {second.key}"):
        find_consortium(make.session, make.operator)
