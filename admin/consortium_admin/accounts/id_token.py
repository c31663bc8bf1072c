"""The token in which a service says who somebody is: believed only if it is signed, for us, fresh, and for this browser."""

from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # it has no types
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import extract_compact

from consortium import clock

#: the only ways to sign that are believed, and the kind of key of each; “none” and secrets that both know are not among them
ALGORITHMS: Mapping[str, type[RSAKey] | type[ECKey]] = {"RS256": RSAKey, "ES256": ECKey}

#: by how many seconds the clock of the service may differ from ours
LEEWAY = 60

#: longer subjects are against the standard
LONGEST_SUBJECT = 255


class BadToken(ValueError):
    """The token is not to be believed; says why in a word, and nothing of what is in it."""


class UnknownKey(BadToken):
    """It is signed with a key that we have not seen."""


def read_token(
    token: Mapping[str, Any], keys: Mapping[str, Any], *, issuer: str, client: str, nonce: str, begun: int
) -> dict[str, Any]:
    """Return what a token says.

    :param begun: when the sign-in began, before which no token for it was made
    :raises BadToken: if it is not to be believed
    """
    try:
        claims = _claims(token, keys, issuer=issuer, client=client, nonce=nonce)
    except BadToken:
        raise
    except JoseError as fault:
        raise BadToken(f"{fault.error} {getattr(fault, 'claim', '')}".strip()) from fault
    except (TypeError, ValueError, KeyError) as fault:
        raise BadToken("form") from fault
    if claims["iat"] < begun - LEEWAY:
        raise BadToken("older than the sign-in")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise BadToken("subject")
    return claims


def _claims(
    token: Mapping[str, Any], keys: Mapping[str, Any], *, issuer: str, client: str, nonce: str
) -> dict[str, Any]:
    """Check the signature, and for whom and when the token was made."""
    signed = token.get("id_token")
    if not isinstance(signed, str):
        raise BadToken("missing")
    header = extract_compact(signed.encode()).headers()
    algorithm = str(header.get("alg"))
    if algorithm not in ALGORITHMS:
        raise BadToken("algorithm")
    read = jwt.decode(signed, _key(keys, algorithm, header.get("kid")), algorithms=[algorithm])
    known = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client}}
    params = {"nonce": nonce, "client_id": client, "access_token": token.get("access_token")}
    claims = CodeIDToken(read.claims, read.header, options=known, params=params)
    claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY)
    return dict(claims)


def _key(keys: Mapping[str, Any], algorithm: str, name: object) -> RSAKey | ECKey:
    """Find the public key of the service that is meant; a token without a name for it means the only one there is."""
    kind = ALGORITHMS[algorithm]
    listed = keys.get("keys")
    fit = [
        each
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict) and each.get("kty") == kind.key_type and each.get("use", "sig") == "sig"
        if each.get("alg", algorithm) == algorithm and name in {None, each.get("kid")}
    ]
    if len(fit) != 1:
        raise UnknownKey("key")
    return kind.import_key(fit[0])
