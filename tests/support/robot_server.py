"""A stand-in for the vendors of chat robots on this machine: checks signatures as they do, and answers as told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def mac(key: str, said: str) -> str:
    """HMAC-SHA256 in base64, written here once more: the test trusts no code of the house."""
    return base64.b64encode(hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()).decode()


@dataclass
class RobotServer:
    """``kind`` is the path's first part. ``plan``: what the next calls are answered with (else as the vendor would)."""

    port: int = 0
    secret: str = "SECabc"
    key: str = "key-1"
    plan: list[str] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    calls: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def judge(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Answer as the vendor of the path does."""
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path.startswith("/wecom"):
            if query.get("key") != self.key:
                return {"errcode": 93000, "errmsg": "invalid webhook url"}
            if body["msgtype"] != "markdown" or len(body["markdown"]["content"].encode()) > 4096:
                return {"errcode": 40058, "errmsg": "content too long"}
        elif parts.path.startswith("/dingtalk"):
            stamp = query.get("timestamp", "")
            if query.get("sign") != mac(self.secret, f"{stamp}\n{self.secret}") or len(stamp) != 13:
                return {"errcode": 310000, "errmsg": "sign not match"}
        else:
            stamp = body.get("timestamp", "")
            if body.get("sign") != mac(f"{stamp}\n{self.secret}", "") or len(stamp) != 10:
                return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
            self.taken.append(body)
            return {"StatusCode": 0, "code": 0, "msg": "success"}
        self.taken.append(body)
        return {"errcode": 0, "errmsg": "ok"}


@contextmanager
def robot_server() -> Iterator[RobotServer]:
    """Serve on a free port of this machine until the block ends."""
    state = RobotServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.calls += 1
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told = state.plan.pop(0) if state.plan else "judge"
            if told == "slow":
                time.sleep(1.0)
            if told == "redirect":
                self.send_response(302)
                self.send_header("Location", "http://169.254.169.254/latest")
                self.end_headers()
                return
            status = int(told) if told.isdigit() else 200
            answer = {
                "judge": lambda: state.judge(self.path, body),
                "busy": lambda: {"errcode": 45009, "errmsg": "reach max api daily quota limit"},
                "huge": lambda: {"errcode": 0, "errmsg": "x" * 200_000},
            }.get(told, dict)()
            data = b"<html>no" if told == "words" else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(data)

        def log_message(self, *_args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
