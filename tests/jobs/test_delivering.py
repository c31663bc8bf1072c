"""Delivering: no letter is lost, none is sent twice but after a crash, and what became of each is always told."""

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.jobs.delivering import deliver
from consortium.jobs.posts import Refused
from consortium.jobs.taking import LEASE, PAUSES, Taken
from consortium.models import Capacity, Database, Letter, LetterState, Person
from consortium.services.letters import retry_letter
from consortium.services.reminders import remind, send_link
from consortium.testing import TODAY, Make
from tests.jobs.outbox import Pigeon, fill, letters, send, the_letter
from tests.services.letters import HEAD, a_lead, a_letter


class Killed(BaseException):
    """The machine died."""


def test_a_letter_is_sent_once_and_then_never_again(make: Make) -> None:
    fill(make)
    post = Pigeon()

    assert send(make.database, post) == {"sent": 1}
    assert send(make.database, post, after=timedelta(days=30)) == {}
    letter = the_letter(make.database)
    assert (letter.state, letter.tries, letter.sent_at) == ("sent", 1, clock.now())
    assert [each.address for each in post.sent] == ["liv@example.org"]


def test_while_a_letter_is_sent_nobody_else_has_it_and_nobody_waits_for_the_database(make: Make) -> None:
    fill(make)
    seen = list[str]()

    class Onlooker(Pigeon):
        def send(self, taken: object, _sender: str) -> None:
            seen.append(the_letter(make.database).state)
            seen.extend(send(make.database, Pigeon()))
            with make.database.write() as session:
                session.add(session.get_one(Letter, 1))

    send(make.database, Onlooker())

    assert seen == ["sending"]


def test_what_was_not_taken_is_tried_again_later_each_time_after_a_longer_pause(make: Make) -> None:
    fill(make)
    post = Pigeon(Refused("451 Vent litt"))

    assert send(make.database, post) == {"failed": 1}
    letter = the_letter(make.database)
    assert (letter.error, letter.next_try) == ("451 Vent litt", clock.now() + PAUSES[0])
    assert send(make.database, post) == {}
    assert send(make.database, post, after=PAUSES[0]) == {"sent": 1}
    assert len({each.message for each in post.sent}) == 1


def test_after_two_days_in_vain_a_letter_is_given_up(make: Make) -> None:
    fill(make)
    became, passed = list[LetterState](), timedelta()
    for _try in range(len(PAUSES) + 2):
        became += send(make.database, Pigeon(Refused("421 Borte")), after=passed)
        passed += PAUSES[-1]

    assert became == ["failed"] * len(PAUSES) + ["dead"]
    assert the_letter(make.database).error == "421 Borte"


def test_what_is_refused_for_good_is_given_up_at_once(make: Make) -> None:
    fill(make, 2)

    assert send(make.database, Pigeon(Refused("550 Ukjent", is_final=True))) == {"dead": 1, "sent": 1}
    assert send(make.database, Pigeon(), after=timedelta(days=9)) == {}


def test_after_a_crash_a_letter_is_sent_again_once_with_the_same_name(make: Make) -> None:
    fill(make)
    post = Pigeon(Killed())
    with pytest.raises(Killed):
        send(make.database, post)

    assert the_letter(make.database).state == "sending"
    assert send(make.database, post, after=LEASE - timedelta(seconds=1)) == {}
    assert send(make.database, post, after=LEASE) == {"sent": 1}
    assert len(post.sent) == 2
    assert len({each.message for each in post.sent}) == 1


@pytest.mark.parametrize("fault", [Killed(), TimeoutError("vet ikke")], ids=["crash", "no answer"])
def test_a_reminder_that_may_have_arrived_is_not_sent_again_but_shown(make: Make, fault: BaseException) -> None:
    make.period(due=date(2026, 6, 20))
    a_lead(make, make.sub_project())
    remind(make.session, make.operator, consortium=make.home, head=HEAD)
    make.keep()
    make.session.close()
    post = Pigeon(fault)

    if isinstance(fault, Killed):
        with pytest.raises(Killed):
            send(make.database, post)
    else:
        assert send(make.database, post) == {"unsure": 1}
    send(make.database, post, after=LEASE)
    assert (len(post.sent), the_letter(make.database).state) == (1, "unsure")


def test_a_fault_that_leaves_it_open_whether_a_letter_has_left_is_one_more_try(make: Make) -> None:
    fill(make)
    post = Pigeon(TimeoutError("vet ikke"))

    assert send(make.database, post) == {"failed": 1}
    assert send(make.database, post, after=PAUSES[0]) == {"sent": 1}


def test_whoever_comes_back_late_does_not_undo_what_another_did(make: Make) -> None:
    fill(make)

    class Late(Pigeon):
        def send(self, taken: object, _sender: str) -> None:
            assert send(make.database, Pigeon(), after=LEASE) == {"sent": 1}
            raise Refused("450 Vent")

    send(make.database, Late())

    assert the_letter(make.database).state == "sent"


def test_a_letter_that_was_removed_while_it_was_sent_stays_removed(make: Make) -> None:
    fill(make)

    class Removing(Pigeon):
        def send(self, taken: Taken, _sender: str) -> None:
            with make.database.write() as session:
                session.delete(session.get_one(Letter, taken.number))

    assert send(make.database, Removing()) == {"sent": 1}
    assert letters(make.database) == []


def test_a_letter_on_which_every_worker_dies_is_given_up(make: Make) -> None:
    fill(make)
    for _try in range(len(PAUSES) + 1):
        with make.database.write() as session:
            session.scalars(select(Letter)).one().next_try = clock.now()
        with pytest.raises(Killed):
            send(make.database, Pigeon(Killed()))

    post = Pigeon()
    assert send(make.database, post, after=LEASE) == {"dead": 1}
    assert post.sent == []


def test_ten_workers_never_send_the_same_letter_twice(make: Make) -> None:
    fill(make, 40)
    post = Pigeon()
    contexts = [copy_context() for _worker in range(10)]

    with ThreadPoolExecutor(10) as pool:
        counts = list(pool.map(lambda each: each.run(deliver, make.database, post, head=HEAD), contexts))

    assert sum(counts, Counter()) == {"sent": 40}
    assert Counter(each.key for each in post.sent) == Counter(each.key for each in letters(make.database))


def linked(make: Make) -> Person:
    """Put a letter with a link into the outbox."""
    project = make.sub_project()
    person = a_lead(make, project)
    send_link(make.session, make.operator, sub_project=project, person=person, head=HEAD)
    make.keep()
    return person


def test_a_link_is_in_the_letter_and_after_that_nowhere(make: Make) -> None:
    linked(make)
    make.session.close()
    secret = the_letter(make.database).secret
    post = Pigeon()

    assert send(make.database, post) == {"sent": 1}
    letter = the_letter(make.database)
    assert secret.startswith("https://consortium.example.org/status/link/")
    assert secret.encode() in post.sent[0].message.replace(b"=\r\n", b"")
    assert (letter.secret, secret in letter.body, letter.is_whole) == ("", False, False)


def test_whoever_lost_the_capacity_gets_nothing(make: Make) -> None:
    linked(make)
    held = make.session.get_one(Capacity, 1)
    held.end = TODAY - timedelta(days=1)
    make.keep()
    make.session.close()
    post = Pigeon()

    assert send(make.database, post) == {"withdrawn": 1}
    assert post.sent == []
    assert the_letter(make.database).secret == ""


def test_a_letter_does_not_go_to_an_address_that_the_person_no_longer_has(make: Make) -> None:
    linked(make).email = "ny@example.org"
    make.keep()
    make.session.close()

    assert send(make.database, Pigeon()) == {"withdrawn": 1}


def test_a_letter_whose_person_was_removed_stays_here(make: Make) -> None:
    linked(make)
    make.session.get_one(Letter, 1).person = None
    make.keep()
    make.session.close()

    assert send(make.database, Pigeon()) == {"withdrawn": 1}


def test_a_letter_that_is_of_no_more_use_is_not_sent(make: Make) -> None:
    linked(make)
    make.session.close()

    assert send(make.database, Pigeon(), after=timedelta(days=15)) == {"expired": 1}
    assert the_letter(make.database).secret == ""


def test_the_secret_of_a_letter_that_was_given_up_is_forgotten_in_time(make: Make) -> None:
    linked(make)
    make.session.close()
    send(make.database, Pigeon(Refused("550 Ukjent", is_final=True)))
    assert the_letter(make.database).is_whole

    send(make.database, Pigeon(), after=timedelta(days=15))

    assert not the_letter(make.database).is_whole


def test_a_letter_that_was_given_up_can_be_sent_again(make: Make) -> None:
    fill(make)
    post = Pigeon(Refused("550 Ukjent", is_final=True))
    send(make.database, post)
    with make.database.write() as session:
        retry_letter(session, make.operator, letter=session.get_one(Letter, 1))

    assert send(make.database, post) == {"sent": 1}
    assert len({each.message for each in post.sent}) == 1


def test_what_a_server_says_is_kept_on_one_line_and_without_the_secret(make: Make) -> None:
    linked(make)
    make.session.close()
    secret = the_letter(make.database).secret

    send(make.database, Pigeon(Refused(f"550 Spam\r\n\x1b[31m{secret}" + "x" * 999, is_final=True)))

    said = the_letter(make.database).error
    assert said.startswith("550 Spam   [31m…x")
    assert len(said) <= 300


def test_a_letter_that_cannot_be_laid_out_is_given_up_and_keeps_nobody_waiting(make: Make) -> None:
    broken = a_letter(make).id
    fill(make)
    with make.database.write() as session:
        session.get_one(Letter, broken).subject = "Hei\nBcc: x@y.no"

    assert send(make.database, Pigeon()) == {"dead": 1, "sent": 1}


def test_logs_say_which_letter_and_neither_to_whom_nor_what(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    linked(make)
    make.session.close()
    letter = the_letter(make.database)

    with caplog.at_level(logging.DEBUG):
        send(make.database, Pigeon(TimeoutError(f"{letter.secret} liv@example.org")))

    assert letter.key in caplog.text
    assert not [each for each in (letter.secret, "liv@", "Liv", letter.subject) if each in caplog.text]


def test_looking_into_an_empty_outbox_keeps_nobody_waiting(sqlite: Database) -> None:
    with sqlite.write():
        assert deliver(sqlite, Pigeon(), head=HEAD) == {}
