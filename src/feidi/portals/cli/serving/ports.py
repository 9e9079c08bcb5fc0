"""Ports: is one free, which is the next free one, does somebody answer there."""

from __future__ import annotations

import http.client
import socket

_TRIED = 200
_LAST_PORT = 65535


def is_free(address: str, port: int) -> bool:
    """Tell whether nobody listens on ``port`` (also not through a wildcard address)."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, port))
            # granian binds with SO_REUSEPORT, so that only listening shows a second one
            listener.listen(1)
        except OSError:
            return False
    return True


def choose(address: str, wanted: int) -> int:
    """Return ``wanted`` if it is free, else the next free port above it; OSError when none is."""
    for port in range(wanted, min(wanted + _TRIED, _LAST_PORT + 1)):
        if is_free(address, port):
            return port
    message = f"no free port from {wanted} on"
    raise OSError(message)


def reach(address: str) -> str:
    """Return the address to connect to for a listening address (a wildcard is reached on the loop-back)."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - compared, not bound


def answers(address: str, port: int, *, host: str = "localhost", timeout: float = 5.0) -> int | None:
    """Return the HTTP status of the start page, or None while nobody answers."""
    connection = http.client.HTTPConnection(reach(address), port, timeout=timeout)
    try:
        connection.request("GET", "/", headers={"Host": host})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
