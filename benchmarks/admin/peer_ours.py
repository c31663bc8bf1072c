"""The admin itself, with its accounts, rules and walls; somebody of the staff has signed in."""

from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks.admin.worker import Ask, Form, draft_of, turns
from benchmarks.data import DAY
from consortium.models import Consortium, Database
from consortium.services.policy import Role
from consortium_admin.accounts.ledger import NewAccount, add_account, find_account
from consortium_admin.accounts.pages import TOKEN
from consortium_admin.accounts.sign_ins import begin
from consortium_admin.app import create_app
from consortium_admin.settings import Settings

ADDRESS = "bench@example.org"

#: these are sent for the sign-in and the frame of any page
FRAME = ("FROM account_sign_in", "FROM consortium \n", "UPDATE account_sign_in")


class Ours:
    """The admin."""

    def __init__(self, url: str, case: dict[str, Any]) -> None:
        self.case, self.database, self._turns = case, Database(url), turns()
        settings = Settings(is_second_factor_required=False, secret="only for the benchmark: " + 20 * "xy")
        app = create_app(self.database, settings=settings, day=DAY)
        with self.database.write() as session:
            home = session.get_one(Consortium, 1)
            new = NewAccount(ADDRESS, "Bench", Role.STAFF, language="nb")
            account = find_account(session, ADDRESS) or add_account(session, new, consortium=home)
            token = begin(session, account, agent="bench")
            session.commit()
        self.client: FlaskClient = app.test_client()
        with self.client.session_transaction() as kept:
            kept[TOKEN] = token
        self.client.set_cookie("language", "nb")
        self._statements: list[str] = []
        event.listen(self.database.engine, "before_cursor_execute", self._note)

    def prepare(self, job: str) -> Ask:
        """Make ready what a visitor has before them."""
        if job in {"save", "send"}:
            return self._save(job)
        if job == "anew":  # somebody has just changed something, so that nothing of the page is known from before
            self._save("save")()
        address = self._address(job)
        return lambda: self._read(address)

    def count(self) -> list[str]:
        """Return the statements that were sent since the last time."""
        found, self._statements = self._statements, []
        return found

    def _note(self, _connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if not statement.startswith("BEGIN"):
            self._statements.append(statement)

    def _read(self, address: str) -> tuple[int, str]:
        with self.client.get(address) as response:
            return response.status_code, response.get_data(as_text=True)

    def _address(self, job: str) -> str:
        case, draft = self.case, self.case["drafts"][0]
        words = {"rare": case["rare"], "common": case["common"], "two": case["two"]}
        if job in words:
            return f"/search/?{urlencode({'q': words[job]})}"
        return {
            "answer": "/healthz",
            "empty": "/accessibility/",
            "list": "/sub-projects/",
            "anew": "/sub-projects/",
            "middle": f"/sub-projects/?after={case['middle']}",
            "filter": f"/sub-projects/?{urlencode({'state': case['state'], 'partner': case['partner']})}",
            "age": "/sub-projects/?by=age",
            "readings": "/indicator-values/",
            "readings_middle": f"/indicator-values/?after={case['readings_middle']}",
            "edit": f"/status/{draft['sub_project']}/?{urlencode({'status': draft['key']})}",
            "record": f"/sub-projects/edit/?id={draft['sub_project']}",
            "details": f"/sub-projects/details/?id={draft['sub_project']}",
            "tasks": "/tasks/",
        }[job]

    def _save(self, job: str) -> Ask:
        turn = next(self._turns)
        draft = draft_of(self.case["drafts"], turn)
        address = f"/status/{draft['sub_project']}/"
        _status, page = self._read(f"{address}?{urlencode({'status': draft['key']})}")
        fields = Form(page).fields
        # in the state that it is in already, so that all go on showing the same list
        fields |= {
            "state": draft["state"] or fields["state"],
            "summary": f"{draft['summary']} {turn}.",
            "do": "draft" if job == "save" else "send",
        }

        def send() -> tuple[int, str]:
            with self.client.post(address, data=fields) as response:
                return response.status_code, response.get_data(as_text=True)

        return send


def open_peer(url: str, case: dict[str, Any]) -> Ours:
    """Open the admin."""
    return Ours(url, case)
