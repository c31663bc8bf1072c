"""Passkeys: a device proves who somebody is; the browser speaks with it, and what it says is checked here."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium_admin.accounts.tables import Account, Passkey

#: passkeys of one account, and signs of a name
MOST, LONGEST_NAME = 20, 60

#: a longer answer is none of a device
LONGEST_ANSWER = 20_000


class Place:
    """Where the admin is, as devices know it: a passkey works at one name alone."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        host = origin.split("://", 1)[1]
        self.name = host if host.startswith("[") else host.rsplit(":", 1)[0] if ":" in host else host

    @property
    def has_passkeys(self) -> bool:
        """Tell whether passkeys work here: at a name, never at a number."""
        return not self.name.startswith("[") and not self.name.replace(".", "").isdigit()


def options_to_add(account: Account, place: Place) -> tuple[str, str]:
    """Ask a device for a new passkey: what the browser needs for it, and the challenge in it."""
    options = generate_registration_options(
        rp_id=place.name,
        rp_name="Consortium",
        user_id=account.handle,
        user_name=account.address,
        user_display_name=account.name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each.credential) for each in account.passkeys],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return options_to_json(options), bytes_to_base64url(options.challenge)


def options_to_prove(place: Place) -> tuple[str, str]:
    """Ask a device to prove who somebody is: what the browser needs for it, and the challenge in it."""
    options = generate_authentication_options(rp_id=place.name, user_verification=UserVerificationRequirement.REQUIRED)
    return options_to_json(options), bytes_to_base64url(options.challenge)


def add_passkey(session: Session, account: Account, *, answer: str, challenge: str, place: Place, name: str) -> Passkey:
    """Keep a new passkey.

    :raises InvalidValue: if the device's answer does not hold, or there are too many
    """
    if len(account.passkeys) >= MOST:
        raise InvalidValue(_("You have {count} passkeys. Remove one that you no longer use.").fill(count=MOST), "name")
    try:
        said = verify_registration_response(
            credential=_read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.name,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise InvalidValue(_("The passkey could not be added. Try again."), "name") from fault
    if session.scalar(select(Passkey.id).where(Passkey.credential == said.credential_id)):
        raise InvalidValue(_("This passkey is here already."), "name")
    plain = "".join(sign for sign in name.strip() if sign.isprintable())[:LONGEST_NAME]
    kept = Passkey(
        account_id=account.id,
        credential=said.credential_id,
        public_key=said.credential_public_key,
        sign_count=said.sign_count,
        name=plain,
        made_at=clock.now(),
    )
    session.add(kept)
    return kept


def prove(session: Session, *, answer: str, challenge: str, place: Place) -> Account | None:
    """Return the account whose passkey answered the challenge; none if the answer does not hold."""
    try:
        said = _read(answer)
        number = base64url_to_bytes(str(said["id"]))
        key = session.scalar(select(Passkey).where(Passkey.credential == number).with_for_update())
        if key is None or not key.account.active:
            return None
        found = verify_authentication_response(
            credential=said,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.name,
            expected_origin=place.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, RecursionError):
        return None
    key.sign_count, key.used_at = found.new_sign_count, clock.now()
    return key.account


def _read(answer: str) -> dict[str, Any]:
    said: object = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    if not isinstance(said, Mapping):
        raise ValueError("no answer of a device")
    return dict(said)
