"""Whom the providers know, and how somebody comes back from them."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from werkzeug.test import TestResponse

from tests.admin.accounts.house import ADDRESS, Browser

ELSEWHERE, BACK = "/sign-in/elsewhere/", "/sign-in/elsewhere/back/"

#: what the real provider says of each
PEOPLE: dict[str, dict[str, Any]] = {
    "kari": {"email": ADDRESS.upper().replace("EXAMPLE.ORG", "example.org"), "email_verified": True},
    "kari-strong": {"email": ADDRESS, "email_verified": True, "acr": "high"},
    "unverified": {"email": ADDRESS, "email_verified": False},
    "stranger": {"email": "stranger@vidda.example.org", "email_verified": True},
    "liv": {"email": "liv.lind@vidda.example.org", "email_verified": True, "organisation_number": "313 367 002"},
}


def come_back(browser: Browser, login: str, path: str = ELSEWHERE) -> TestResponse:
    """Sign in at the real provider as ``login``, and come back with what it says; nobody breaks off there."""
    return browser.get(answer_to(browser.get(path).location, login))


def answer_to(address: str, login: str) -> str:
    """Go through the pages of the real provider, and return where it leads back."""
    with requests.Session() as visit:
        while not address.startswith("http://localhost/"):
            address += f"?login={login}" if "/interaction/" in address else ""
            answer = visit.get(address, allow_redirects=False, timeout=10)
            assert answer.status_code == 303, answer.text
            address = urljoin(address, answer.headers["Location"])
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
