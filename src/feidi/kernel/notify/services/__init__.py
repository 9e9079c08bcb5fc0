"""Verbs of mail."""

from feidi.kernel.notify.sealed_body import Attachment
from feidi.kernel.notify.services.delivering import deliver_mail, forget_old_mails
from feidi.kernel.notify.services.digesting import send_digests
from feidi.kernel.notify.services.mails import send_mail
from feidi.kernel.notify.services.subscriptions import choose_topics, stop_all

__all__ = [
    "Attachment",
    "choose_topics",
    "deliver_mail",
    "forget_old_mails",
    "send_digests",
    "send_mail",
    "stop_all",
]
