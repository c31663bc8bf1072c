"""A provider with keys of its own, which tells whatever a test wants it to tell."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from consortium import clock
from consortium_admin.oidc_settings import Oidc
from tests.admin.accounts.house import ADDRESS, Browser
from tests.admin.oidc.people import BACK, ELSEWHERE

Claims = dict[str, Any]


class Forger:
    """The provider; ``claims`` changes what its token says, ``sign`` how it is signed."""

    def __init__(self) -> None:
        self.first = new_key("first")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.be_honest()

    def be_honest(self) -> None:
        self.key = self.first
        self.claims: Callable[[Claims], Claims] = lambda honest: honest
        self.sign: Callable[[Claims], str] = self.by_key
        self.about: Claims = {}
        self.nonce, self.now = "", 0
        self.codes: set[str] = set()
        self.asked: list[str] = []

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def settings(self) -> Oidc:
        return Oidc(self.issuer, "consortium", name="Nøkkelen", strong=frozenset({"mfa"}), organisation="orgs")

    def come_back(self, browser: Browser, path: str = ELSEWHERE, **changed: str) -> TestResponse:
        """Begin in a browser, and come back to it as the provider would lead it."""
        return browser.get(BACK, query_string={**self.answer(browser.get(path).location), **changed})

    def answer(self, location: str) -> dict[str, str]:
        """Say what the provider gives to a browser that was led to it."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.now = int(clock.now().timestamp())  # the thread of the server has another clock
        self.nonce, code = asked["nonce"], f"code-{len(self.codes)}"
        self.codes.add(code)
        return {"state": asked["state"], "code": code, "iss": self.issuer}

    def by_key(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def by_public_key(self, claims: Claims) -> str:
        """Sign as if the public key, which everybody knows, were a secret."""
        head = b".".join(_based(json.dumps(each).encode()) for each in ({"alg": "HS256", "kid": self.key.kid}, claims))
        return b".".join((head, _based(hmac.digest(self.key.as_pem(private=False), head, "sha256")))).decode()

    def token(self, code: str) -> Claims:
        if code not in self.codes:
            return {"error": "invalid_grant"}
        self.codes.remove(code)
        now = self.now
        honest = {
            "iss": self.issuer,
            "aud": "consortium",
            "sub": "kari",
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 60,
        }
        honest |= {"email": ADDRESS, "email_verified": True, "orgs": [], "auth_time": now}
        return {"access_token": "no-use", "token_type": "Bearer", "id_token": self.sign(self.claims(honest))}

    def discovery(self) -> Claims:
        own = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **own, **self.about}


def changed(**values: object) -> Callable[[Claims], Claims]:
    return lambda honest: {**honest, **values}


def later(name: str, seconds: int) -> Callable[[Claims], Claims]:
    return lambda honest: {**honest, name: honest["iat"] + seconds}


def new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


def _based(words: bytes) -> bytes:
    return urlsafe_b64encode(words).rstrip(b"=")


def _handler(forger: Forger) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {
                "/.well-known/openid-configuration": forger.discovery,
                "/keys": lambda: {"keys": [forger.key.as_dict(private=False)]},
            }
            self.tell(answers.get(self.path, lambda: None)())

        def do_POST(self) -> None:
            said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.tell(forger.token(said["code"][0]))

        def tell(self, answer: Claims | None) -> None:
            forger.asked.append(self.path)
            body = json.dumps(answer).encode()
            self.send_response(404 if answer is None else 400 if "error" in answer else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
