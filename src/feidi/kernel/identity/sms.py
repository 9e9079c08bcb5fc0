"""SMS behind an adapter: which one is a setting, nothing else knows.

``FEIDI_SMS_GATEWAY``: ``none`` (default) offers no sign-in by phone; ``log`` writes into ``FEIDI_HOME/sms.log``, for
demonstrations; ``http`` posts JSON to a provider's or one's own relay; ``memory`` keeps the messages of this process,
for tests.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import requests
from django.conf import settings

_log = logging.getLogger(__name__)
_SECONDS = 10
_ACCEPTED = range(200, 300)


@dataclass(frozen=True, slots=True)
class Message:
    """One SMS: to whom, the words, and the code in them for providers that fill templates of their own."""

    number: str
    text: str
    code: str


class NotSentError(Exception):
    """The gateway did not take the message; says why, never to whom."""


class SmsGateway(Protocol):
    """What sends a message or raises ``NotSentError``."""

    def send(self, message: Message) -> None:
        """Hand the message over; returns when the provider has taken it."""


class NoGateway:
    """No SMS is bought: nothing can be sent."""

    def send(self, message: Message) -> None:
        """Raise ``NotSentError``."""
        del message
        raise NotSentError("no gateway")


class LogGateway:
    """Appends messages to a file that only its owner reads. For demonstrations: whoever reads the file can sign in."""

    def send(self, message: Message) -> None:
        """Write one line."""
        path: Path = settings.FEIDI_HOME / "sms.log"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as handle:
            handle.write(f"{message.number}  {message.text}\n")


class HttpGateway:
    """Posts ``FEIDI_SMS_BODY`` (JSON with ``{number} {code} {text}`` filled in) to ``FEIDI_SMS_URL``.

    ``FEIDI_SMS_TOKEN`` goes as a bearer token. Any answer of 2xx means taken; redirects are not followed.
    """

    def send(self, message: Message) -> None:
        """Post the message; raises ``NotSentError`` on any other answer and when nothing answers in ten seconds."""
        values = {"number": message.number, "code": message.code, "text": message.text}
        headers = {"Authorization": f"Bearer {settings.FEIDI_SMS_TOKEN}"} if settings.FEIDI_SMS_TOKEN else {}
        body = fill(json.loads(settings.FEIDI_SMS_BODY), values)
        try:
            answer = requests.post(
                settings.FEIDI_SMS_URL, json=body, headers=headers, timeout=_SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            # the error's own words may hold the address with its query, so only its kind is passed on
            raise NotSentError(type(error).__name__) from error
        if answer.status_code not in _ACCEPTED:
            raise NotSentError(f"status {answer.status_code}")


class MemoryGateway:
    """Keeps the messages in this process: what a test reads instead of a telephone."""

    outbox: list[Message] = []

    def send(self, message: Message) -> None:
        """Keep the message."""
        self.outbox.append(message)


GATEWAYS: Mapping[str, Callable[[], SmsGateway]] = {
    "none": NoGateway,
    "log": LogGateway,
    "http": HttpGateway,
    "memory": MemoryGateway,
}


def fill(template: Any, values: Mapping[str, str]) -> Any:
    """Return JSON with ``{name}`` replaced inside its texts, whatever the texts hold.

    >>> fill({"to": ["{number}"], "n": 1}, {"number": "139"})
    {'to': ['139'], 'n': 1}
    """
    if isinstance(template, str):
        for name, value in values.items():
            template = template.replace("{" + name + "}", value)
        return template
    if isinstance(template, list):
        return [fill(each, values) for each in template]
    if isinstance(template, dict):
        return {key: fill(each, values) for key, each in template.items()}
    return template


def gateway() -> SmsGateway:
    """Return the adapter that the setting names; an unknown name sends nothing."""
    return GATEWAYS.get(settings.FEIDI_SMS_GATEWAY, NoGateway)()


def sms_offered() -> bool:
    """Tell whether SMS can be sent at all."""
    return settings.FEIDI_SMS_GATEWAY in GATEWAYS and settings.FEIDI_SMS_GATEWAY != "none"


#: A few threads, so that a slow gateway holds up neither a page nor tells by its slowness that the number is known.
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sms")
_underway: set[Future[None]] = set()


def send_later(message: Message | None) -> None:
    """Send behind the answer; what fails is logged without number and code. None: nothing is sent, as quickly."""
    if message is None:
        return
    future = _threads.submit(_send, gateway(), message)
    _underway.add(future)
    future.add_done_callback(_underway.discard)


def _send(chosen: SmsGateway, message: Message) -> None:
    try:
        chosen.send(message)
    except NotSentError as error:
        _log.warning("SMS not sent: %s", error)
    except Exception:  # noqa: BLE001 - a thread has nobody above it who would hear of it
        _log.exception("SMS not sent")


def settle(seconds: float = 5) -> None:
    """Wait until what is under way has been sent."""
    wait(list(_underway), timeout=seconds)
