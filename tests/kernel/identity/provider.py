"""A small OpenID provider: real sockets, a real RSA key, the code flow with PKCE, and ways to misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "feidi", "client-secret"
_KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}, private=True)
_STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}, private=True)


@dataclass
class Provider:
    """What the provider says of whoever signs in; ``claims`` and ``broken`` change what it tells."""

    issuer: str
    now: datetime
    subject: str = "sub-1"
    claims: dict[str, Any] = field(default_factory=dict)
    broken: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def allow(self, url: str) -> str:
        """Sign in at the provider as a browser would; returns the query of the way back."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return urlencode({"code": code, "state": asked["state"]})

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return the answer of the token endpoint, None when the code, client or verifier is not right."""
        asked = self.codes.pop(sent.get("code", ""), None)
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or authorization != expected or challenge != asked["code_challenge"]:
            return None
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        at = int(self.now.timestamp())
        claims = {
            "iss": self.issuer if self.broken != "issuer" else "https://elsewhere.example",
            "aud": CLIENT if self.broken != "audience" else "another",
            "sub": self.subject,
            "nonce": asked["nonce"] if self.broken != "nonce" else "old",
            "iat": at,
            "exp": at + 300 if self.broken != "expired" else at - 300,
            **self.claims,
        }
        if self.broken == "none":
            head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"k1"}').rstrip(b"=").decode()
            body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
            signed = f"{head}.{body}."
        else:
            key = _STRANGE_KEY if self.broken == "signature" else _KEY
            signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed, "expires_in": 300}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer = provider.issuer
            if self.path == "/.well-known/openid-configuration":
                self._answer(
                    {
                        "issuer": issuer,
                        "authorization_endpoint": f"{issuer}/authorize",
                        "token_endpoint": f"{issuer}/token",
                        "jwks_uri": f"{issuer}/jwks",
                    }
                )
            else:
                self._answer({"keys": [_KEY.as_dict(private=False)]})

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            answer = provider.token(
                {key: values[0] for key, values in sent.items()}, self.headers.get("Authorization", "")
            )
            self._answer(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def _answer(self, data: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running_provider(now: datetime) -> Iterator[Provider]:
    """Run a provider on a port of its own."""
    provider = Provider("", now)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
