"""Passkeys, with a device made of a few lines."""

import hashlib
import json
import struct
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from consortium_admin.accounts.passkeys import Place
from consortium_admin.accounts.tables import Passkey
from tests.admin.accounts.house import Browser, House

ORIGIN = "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """Makes and uses one passkey, as a telephone does."""

    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: bytes = b"a device" * 4
    handle: bytes = b""
    count: int = 0
    flags: int = PRESENT | VERIFIED

    def make(self, options: dict[str, Any], origin: str = ORIGIN) -> str:
        self.handle = base64url_to_bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.number)) + self.number + cbor2.dumps(public)
        said = {"fmt": "none", "attStmt": {}, "authData": self.data(ATTESTED) + attested}
        response = {
            "clientDataJSON": client("webauthn.create", options, origin),
            "attestationObject": b64(cbor2.dumps(said)),
        }
        return self.answer(response)

    def prove(self, options: dict[str, Any], origin: str = ORIGIN) -> str:
        self.count += 1
        told, data = client("webauthn.get", options, origin), self.data()
        signed = data + hashlib.sha256(base64url_to_bytes(told)).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        said = {"clientDataJSON": told, "authenticatorData": b64(data), "signature": b64(signature)}
        return self.answer({**said, "userHandle": b64(self.handle)})

    def data(self, more: int = 0) -> bytes:
        return hashlib.sha256(b"localhost").digest() + bytes([self.flags | more]) + struct.pack(">I", self.count)

    def answer(self, response: dict[str, str]) -> str:
        return json.dumps(
            {"id": b64(self.number), "rawId": b64(self.number), "type": "public-key", "response": response}
        )


def b64(words: bytes) -> str:
    return str(bytes_to_base64url(words))


def client(kind: str, options: dict[str, Any], origin: str) -> str:
    return b64(json.dumps({"type": kind, "challenge": options["challenge"], "origin": origin}).encode())


def options_on(browser: Browser, path: str) -> dict[str, Any]:
    text = browser.get(path).text.split('data-options="')[1].split('"')[0]
    return dict(json.loads(unescape(text)))


def with_passkey(house: House, device: Device) -> Browser:
    browser = house.browser()
    browser.sign_in()
    answer = device.make(options_on(browser, "/account/passkeys/"))
    assert browser.post("/account/passkeys/", {"name": "Telefon", "answer": answer}).status_code == 303
    return browser


def test_a_passkey_opens_the_door_by_itself(house: House) -> None:
    house.account()
    device = Device()
    with_passkey(house, device)
    browser = house.browser()

    answer = device.prove(options_on(browser, "/sign-in/"))

    assert browser.post("/sign-in/passkey/", {"answer": answer}).status_code == 303
    assert browser.is_in()


def test_an_answer_is_taken_once(house: House) -> None:
    house.account()
    device = Device()
    with_passkey(house, device)
    browser = house.browser()
    answer = device.prove(options_on(browser, "/sign-in/"))
    browser.post("/sign-in/passkey/", {"answer": answer})

    for other in (browser, house.browser()):
        other.post("/sign-out/")
        options_on(other, "/sign-in/")
        assert other.post("/sign-in/passkey/", {"answer": answer}).status_code == 400


def test_after_a_passkey_is_there_the_password_alone_is_not_enough(here: House) -> None:
    here.account()
    device = Device()
    with_passkey(here, device)
    browser = here.browser()

    assert browser.sign_in().location == "/sign-in/second-step/"
    answer = device.prove(options_on(browser, "/sign-in/second-step/"))
    assert browser.post("/sign-in/second-step/passkey/", {"answer": answer}).status_code == 303
    assert browser.is_in()


def test_a_foreign_passkey_is_no_second_factor(here: House) -> None:
    here.set_up_codes(here.account("other@vidda.example.org"))
    here.account()
    thief = Device()
    with_passkey(here, thief)
    browser = here.browser()
    browser.sign_in("other@vidda.example.org")

    answer = thief.prove(options_on(browser, "/sign-in/second-step/"))

    assert browser.post("/sign-in/second-step/passkey/", {"answer": answer}).status_code == 400
    assert not browser.is_in()


@pytest.mark.parametrize("change", ["origin", "unverified", "copied", "other key", "no answer", "deep"])
def test_an_answer_that_does_not_hold_opens_nothing(here: House, change: str) -> None:
    here.account()
    device = Device(count=7)
    with_passkey(here, device)
    browser = here.browser()
    options = options_on(browser, "/sign-in/")
    if change == "unverified":
        device.flags = PRESENT
    if change == "copied":
        device.count = 2
    if change == "other key":
        device.key = ec.generate_private_key(ec.SECP256R1())
    answer = device.prove(options, "https://evil.example" if change == "origin" else ORIGIN)
    answer = {"no answer": "", "deep": "[" * 19000}.get(change, answer)

    assert browser.post("/sign-in/passkey/", {"answer": answer}).status_code == 400
    assert here.count(Passkey) == 1


def test_a_foreign_passkey_cannot_be_removed(here: House) -> None:
    here.account()
    with_passkey(here, Device())
    here.account("other@vidda.example.org")
    thief = here.browser()
    thief.sign_in("other@vidda.example.org")

    assert thief.post("/account/passkeys/remove/", {"passkey": "1"}).status_code == 404
    assert here.count(Passkey) == 1


def test_an_own_passkey_is_removed_and_the_owner_told(here: House) -> None:
    here.account()
    browser = with_passkey(here, Device())

    assert browser.post("/account/passkeys/remove/", {"passkey": "1"}).status_code == 303
    assert here.count(Passkey) == 0
    assert len(here.letters()) == 2


@pytest.mark.parametrize(
    ("origin", "name", "works"),
    [
        ("http://localhost:8080", "localhost", True),
        ("https://consortium.example.org", "consortium.example.org", True),
        ("http://127.0.0.1:8080", "127.0.0.1", False),
        ("http://[::1]:8080", "[::1]:8080", False),
    ],
)
def test_passkeys_work_at_a_name_alone(origin: str, name: str, works: bool) -> None:
    place = Place(origin)

    assert (place.name, place.has_passkeys) == (name, works)
