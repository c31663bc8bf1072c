"""Search: both languages, all words, and nothing that may not be seen."""

from datetime import date

import pytest
from sqlalchemy import select

from consortium.errors import ConsortiumError, InvalidValue, NotFound
from consortium.i18n.message import Message
from consortium.models import Consortium, Database, SubProject
from consortium.services.consortia import find_consortium
from consortium.services.policy import Principal, Role, operator
from consortium.services.searching import Finds, Hit, search
from consortium.services.searching.lines import words_in
from consortium.services.terms import add_term
from consortium.testing import Make, counted
from consortium.texts.glossary import Entry
from consortium.texts.term_base import TermBase
from tests.guests import bring


def find(make: Make, words: str, principal: Principal | None = None, **others: str) -> Finds:
    """Search the home consortium for a Norwegian reader."""
    make.session.flush()
    given = {"language": "nb", **others}
    return search(make.session, principal or make.operator, consortium=make.home, words=words, **given)  # type: ignore[arg-type]  # all of them words


def keys(finds: Finds) -> list[str]:
    """List the keys of the hits."""
    return [hit.named.key for hit in finds.page.records]


def marked(hit: Hit) -> list[str]:
    """List what is marked in an excerpt."""
    return [piece.words for piece in hit.excerpt if piece.is_found]


@pytest.mark.parametrize("words", ["samhandling", "Samhandlingen", "SAMVERKAN", "samverkans"])
def test_a_word_of_the_glossary_is_found_in_the_other_language_too(make: Make, words: str) -> None:
    make.sub_project({"nb": "Bedre samhandling i kommunene"}, key="NO")
    make.sub_project({"sv": "Samverkan i kommunerna"}, key="SE")
    make.sub_project("Noe annet", key="X")

    assert sorted(keys(find(make, words))) == ["NO", "SE"]


def test_the_consortiums_own_terms_are_synonyms(make: Make) -> None:
    add_term(make.session, make.operator, consortium=make.home, key="t", words={"nb": "verksted", "sv": "öppet hus"})
    make.sub_project({"sv": "Huset är öppet"}, key="SE")

    (hit,) = find(make, "verkstedet", kind="sub_project").page.records

    assert (hit.named.key, hit.language, marked(hit)) == ("SE", "sv", ["Huset", "öppet"])


def test_the_terms_of_plugins_are_synonyms(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Entry({"nb": "individuell plan", "sv": "SIP"})
    bring(monkeypatch, "consortium_term_bases", TermBase("guest-terms", Message("Terms"), (entry,)))
    make.sub_project({"nb": "Én individuell plan for alle"}, key="NO")
    make.sub_project({"nb": "En plan for alle"}, key="X")

    found = find(make, "sip", language="sv")
    assert keys(found) == ["NO"]
    assert found.also == (("nb", "individuell plan"),)


def test_all_words_must_be_found_each_by_any_synonym(make: Make) -> None:
    make.sub_project({"sv": "Samverkan kring psykisk hälsa"}, key="A")
    make.sub_project({"sv": "Samverkan kring skolan"}, key="B")

    assert keys(find(make, "psykisk samhandling")) == ["A"]


def test_a_word_is_found_at_the_beginning_of_a_compound(make: Make) -> None:
    make.sub_project("Samhandlingsmodell for kommunene", key="A")

    (hit,) = find(make, "samhandling").page.records

    assert marked(hit) == ["Samhandlingsmodell"]


def test_what_is_called_so_stands_before_what_only_says_it_and_then_in_the_order_of_titles(make: Make) -> None:
    says = make.sub_project("Annet", key="D", purpose={"nb": "Et verksted for unge"})
    for key, title in (("C", "Verksted på Ås"), ("B", "Verksted i Ærfugl"), ("A", "Verksted")):
        make.sub_project(title, key=key)

    finds = find(make, "verkstedet")

    assert keys(finds) == ["A", "B", "C", "D"]
    assert (finds.page.records[-1].field, says.key) == ("purpose", "D")


def test_an_excerpt_is_cut_around_what_was_found_and_tells_its_language(make: Make) -> None:
    words = f"{'Først om noe annet. ' * 20}Så kom brukermedvirkningen med. {'Og mer. ' * 60}"
    make.status(make.sub_project(), summary={"nb": words})

    (hit,) = find(make, "brukermedvirkning").page.records

    text = "".join(piece.words for piece in hit.excerpt)
    assert (hit.language, marked(hit), hit.field) == ("nb", ["brukermedvirkningen"], "summary")
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 300


def test_a_hit_tells_what_it_belongs_to(make: Make) -> None:
    project, gathering = make.sub_project("Åpen stue", key="DP-1"), make.gathering("Samling på Vidda", key="G-1")
    make.milestone(project, title={"nb": "Kanarifuglen synger"})
    make.statement(gathering, words={"nb": "Kanarifuglen lever"})

    owners = {hit.named.kind: hit.named.of for hit in find(make, "kanarifuglen").page.records}

    assert {kind: of.key for kind, of in owners.items() if of} == {"milestone": "DP-1", "statement": "G-1"}


def test_people_and_keys_are_found_too(make: Make) -> None:
    make.person("Åse Øvrebø", key="ase")
    make.sub_project("Noe", key="DP-07")

    (person,), (project,) = find(make, "øvrebø").page.records, find(make, "dp-07").page.records

    assert (person.named.name, person.language, marked(person)) == ("Åse Øvrebø", "", ["Øvrebø"])
    assert (project.named.key, project.field) == ("DP-07", "key")


def test_kinds_are_counted_and_hits_can_be_limited_to_one(make: Make) -> None:
    for number in range(3):
        make.milestone(make.sub_project(f"Fugl {number}"), title={"nb": "Fuglen synger"})

    finds = find(make, "fugl", kind="milestone")

    assert dict(finds.counts) == {"sub_project": 3, "milestone": 3}
    assert {hit.named.kind for hit in finds.page.records} == {"milestone"}


def test_pages_follow_each_other_and_lead_back(make: Make) -> None:
    for number in range(5):
        make.sub_project(f"Fugl {number}", key=f"F{number}")
    make.session.flush()

    def page(**places: str) -> Finds:
        given = {"consortium": make.home, "words": "fugl", "language": "nb"}
        return search(make.session, make.operator, **given, size=2, **places)  # type: ignore[arg-type]  # all of them words

    first = page()
    second = page(after=first.page.next)
    last = page(after=second.page.next)

    assert [keys(first), keys(second), keys(last)] == [["F0", "F1"], ["F2", "F3"], ["F4"]]
    assert (first.page.previous, last.page.next) == ("", "")
    assert keys(page(before=second.page.previous)) == ["F0", "F1"]


def test_what_is_farther_away_stands_on_the_pages_after_all_that_is_near(make: Make) -> None:
    for number, title in enumerate(("Fugleliv", "Noe annet", "Fugl", "Annet", "Fuglekasse", "En fugl")):
        make.sub_project(title, key=f"F{number}", purpose={"nb": f"Et delprosjekt om fugl nummer {number}"})
    make.session.flush()

    def page(size: int, after: str = "") -> Finds:
        given = {"consortium": make.home, "words": "fugl", "language": "nb", "kind": "sub_project"}
        return search(make.session, make.operator, **given, size=size, after=after)  # type: ignore[arg-type]  # all of them words

    whole, after = keys(page(6)), ""
    found: list[str] = []
    for _ in range(3):
        finds = page(2, after)
        found, after = [*found, *keys(finds)], finds.page.next

    assert found == whole == ["F5", "F2", "F4", "F0", "F3", "F1"]
    assert not after


def test_titles_are_found_however_many_others_say_the_words(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consortium.services.searching.finding.MOST_LINES", 3)
    for day in range(1, 9):
        make.status(make.sub_project("Noe annet"), day=date(2026, 6, day), summary={"nb": "Fuglen synger"})
    make.sub_project("Fugl", key="F")

    finds = find(make, "fugl")

    assert finds.is_cut
    assert (keys(finds)[0], finds.counts["sub_project"]) == ("F", 1)


def test_the_very_words_are_found_however_many_compounds_begin_like_them(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consortium.services.searching.finding.MOST_LINES", 3)
    for number in range(16):
        make.sub_project("En fugl i kommunen" if number == 8 else "Fugleliv i kommunene", key=f"F{number}")

    finds = find(make, "fugl kommunen")

    assert finds.is_cut
    assert keys(finds)[0] == "F8"


def test_a_withdrawn_word_is_no_longer_found(make: Make) -> None:
    from consortium.services.texts import write_text

    project = make.sub_project("Kanarifugl")
    make.session.flush()
    write_text(make.session, make.operator, record=project, field="title", language="nb", words="Spurv")

    assert (keys(find(make, "kanarifugl")), keys(find(make, "spurv"))) == ([], [project.key])


def hidden(make: Make) -> tuple[SubProject, dict[Role, Principal]]:
    """Make a canary in everything that a lead or a member of another sub-project may not see."""
    words = {"nb": "Kanarifugl"}
    own = make.sub_project("Eget")
    other = make.sub_project(words, purpose=words)
    make.status(other, summary=words)
    make.status(own, workflow="draft", summary=words, day=date(2026, 6, 1))
    make.milestone(other, title=words)
    make.reading(make.indicator(other, name=words), words=words)
    make.assessment(None, other, words=words)
    make.statement(kind="risk", words=words)
    make.person("Kari Kanarifugl")
    make.session.flush()
    partners = frozenset(each.partner_id for each in own.participations)
    lead = make.principal(Role.LEAD, leads=frozenset({own.id}))
    return own, {Role.LEAD: lead, Role.MEMBER: make.principal(Role.MEMBER, partners=partners)}


@pytest.mark.parametrize(("role", "kinds"), [(Role.LEAD, {"status_update": 1}), (Role.MEMBER, {})])
def test_what_may_not_be_seen_is_neither_found_nor_counted(make: Make, role: Role, kinds: dict[str, int]) -> None:
    _own, principals = hidden(make)

    finds = find(make, "kanarifugl", principals[role])

    assert dict(finds.counts) == kinds
    assert [hit.named.kind for hit in finds.page.records] == list(kinds)


def test_staff_find_all_of_it_and_another_consortiums_staff_nothing(make: Make) -> None:
    hidden(make)
    foreign = make.consortium("Annet")
    make.session.flush()
    staff = Principal("S", Role.STAFF, foreign.id)

    assert sum(find(make, "kanarifugl", make.principal(Role.STAFF)).counts.values()) == 9
    with pytest.raises(ConsortiumError):
        find(make, "kanarifugl", staff)
    assert search(make.session, staff, consortium=foreign, words="kanarifugl", language="nb").counts == {}


@pytest.mark.parametrize(
    "words", ["", "%_'\"`\\", "\x00", "\ud800", "%", "''", '" OR 1', "a* NEAR b", "(", "_", "🙂", "NOT", "kanari:fugl"]
)
def test_signs_that_databases_know_are_only_signs(make: Make, words: str) -> None:
    make.sub_project("Åpen stue")

    assert keys(find(make, words)) == []


@pytest.mark.parametrize("words", ["x" * 100_000, "a " * 50, "\x00" * 100_000])
def test_too_long_a_search_is_refused_with_what_to_do(make: Make, words: str) -> None:
    with pytest.raises(InvalidValue, match="Leave out"):
        find(make, words)


@pytest.mark.parametrize("place", ["x", "é", "W10", "WyJuZWFyZXN0Il0", "W" * 5000, "WyJuZWFyZXN0Iiwid", "null", "MQ"])
def test_a_place_that_is_none_is_refused(make: Make, place: str) -> None:
    make.sub_project("Åpen stue")

    with pytest.raises(InvalidValue, match="first page"):
        find(make, "stue", after=place)


def test_an_unknown_kind_is_refused(make: Make) -> None:
    with pytest.raises(NotFound, match="account"):
        find(make, "stue", kind="account")


def test_a_very_long_word_and_a_text_of_very_many_words_can_be_kept(make: Make) -> None:
    words = " ".join(f"ord{number}" for number in range(30_000))
    make.status(make.sub_project("x" * 190), summary={"nb": f"{'y' * 50_000} {words}"})

    assert find(make, "ord17").counts == {"status_update": 1}


def test_a_search_takes_three_queries_however_much_is_found(example: Database) -> None:
    with example.read() as session:
        home = find_consortium(session, operator("O"))
        with counted(example) as statements:
            finds = search(session, operator("O"), consortium=home, words="kommune", language="sv")

    assert len(finds.page.records) > 10
    assert len(finds.counts) > 3
    assert len([each for each in statements if "FROM plugin_switch" not in each]) == 3
    assert len(statements) <= 4


def test_a_database_of_before_is_indexed_when_it_is_made_ready(sqlite: Database) -> None:
    from consortium.migrations import downgrade
    from consortium.models.dialect import writer

    with sqlite.write() as session:
        Make(sqlite, session).sub_project("Åpen stue", key="DP-1")
    downgrade(writer(sqlite.engine), "0003")
    sqlite.prepare()

    with sqlite.read() as session:
        home = session.scalars(select(Consortium)).one()
        assert keys(search(session, operator("O"), consortium=home, words="åpen", language="nb")) == ["DP-1"]


def test_the_words_of_what_one_may_not_see_find_nothing(make: Make) -> None:
    mine, _foreign = make.sub_project("Fjell"), make.sub_project("Fjell")
    make.session.flush()

    def with_words(who: Principal) -> list[int]:
        return [*make.session.scalars(select(SubProject.id).where(words_in(who, SubProject, SubProject.id, "fjell")))]

    assert with_words(make.principal(Role.LEAD, leads=frozenset({mine.id}))) == [mine.id]
    assert len(with_words(make.operator)) == 2
