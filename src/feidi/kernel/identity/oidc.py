"""OpenID Connect: authorization code with PKCE against the one provider that the settings name.

Knows the protocol and no user. Everything the provider says is checked: issuer, audience, signature, time, nonce.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import requests
from authlib.integrations.requests_client import OAuth2Session, OAuthError  # type: ignore[import-untyped]
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from feidi.engines.findings import refuse

_SECONDS = 10
#: Clocks of two servers differ a little.
_LEEWAY = 120
_ALGORITHMS = ["RS256", "ES256", "PS256"]


@dataclass(frozen=True, slots=True)
class Start:
    """What a browser is sent away with: where to, and what must come back. All but ``url`` stays in the session."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Whom the provider vouches for. Phone and mail only where the provider says that it has verified them."""

    issuer: str
    subject: str
    phone: str = ""
    email: str = ""


def oidc_offered() -> bool:
    """Tell whether a provider is set."""
    return bool(settings.FEIDI_OIDC_ISSUER and settings.FEIDI_OIDC_CLIENT_ID)


@lru_cache(maxsize=4)
def discover(issuer: str) -> Mapping[str, Any]:
    """Return the provider's own description. Refused when it does not answer or speaks for another issuer."""
    found = _get_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != issuer or not all(isinstance(found.get(each), str) for each in needed):
        raise refuse("identity.oidc_unreachable", issuer=issuer)
    return found


def start(*, redirect_uri: str) -> Start:
    """Return where to send the browser, and the secrets that tie the answer to it."""
    provider = discover(settings.FEIDI_OIDC_ISSUER)
    verifier, nonce, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    session = _session(redirect_uri)
    url, _state = session.create_authorization_url(
        provider["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce
    )
    return Start(url, state, nonce, verifier)


def finish(*, now: datetime, begun: Start, redirect_uri: str, state: str, code: str) -> Claims:
    """Exchange the code and return whom the provider vouches for.

    Refused: an answer to another question (state, nonce), a code that the provider does not know, a token that is not
    signed by it, not for us, or not of now.
    """
    if not secrets.compare_digest(begun.state.encode(), state.encode()):
        raise refuse("identity.oidc_failed", why="state")
    provider = discover(settings.FEIDI_OIDC_ISSUER)
    try:
        token = _session(redirect_uri).fetch_token(
            provider["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=begun.verifier
        )
    except (OAuthError, requests.RequestException, ValueError) as error:
        raise refuse("identity.oidc_failed", why="code") from error
    return _claims_of(str(token.get("id_token", "")), provider, begun.nonce, now)


def _session(redirect_uri: str) -> Any:
    return OAuth2Session(
        settings.FEIDI_OIDC_CLIENT_ID,
        settings.FEIDI_OIDC_CLIENT_SECRET or None,
        scope=settings.FEIDI_OIDC_SCOPES,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        default_timeout=_SECONDS,
    )


def _claims_of(id_token: str, provider: Mapping[str, Any], nonce: str, now: datetime) -> Claims:
    audience = settings.FEIDI_OIDC_CLIENT_ID
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": provider["issuer"]},
        aud={"essential": True, "value": audience},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        keys = KeySet.import_key_set(_get_json(provider["jwks_uri"]))  # type: ignore[arg-type]
        claims = jwt.decode(id_token, keys, algorithms=_ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise refuse("identity.oidc_failed", why="token") from error
    if isinstance(claims["aud"], list) and claims.get("azp", audience) != audience:
        raise refuse("identity.oidc_failed", why="token")
    return Claims(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        phone=str(claims.get("phone_number") or "") if claims.get("phone_number_verified") is True else "",
        email=str(claims.get("email") or "").lower() if claims.get("email_verified") is True else "",
    )


def _get_json(url: str) -> dict[str, Any]:
    try:
        answer = requests.get(url, timeout=_SECONDS)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise refuse("identity.oidc_unreachable", issuer=settings.FEIDI_OIDC_ISSUER) from error
    return found if isinstance(found, dict) else {}
