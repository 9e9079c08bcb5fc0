"""Verbs of mail."""

from feidi.kernel.notify.sealed_body import Attachment
from feidi.kernel.notify.services.delivering import deliver_mail, forget_addresses, forget_old_mails
from feidi.kernel.notify.services.digesting import send_digests
from feidi.kernel.notify.services.mails import send_mail
from feidi.kernel.notify.services.robots import add_robot, deliver_message, robots_of, say, void_robot
from feidi.kernel.notify.services.subscriptions import choose_topics, stop_all

__all__ = [
    "Attachment",
    "add_robot",
    "choose_topics",
    "deliver_mail",
    "deliver_message",
    "forget_addresses",
    "forget_old_mails",
    "robots_of",
    "say",
    "send_digests",
    "send_mail",
    "stop_all",
    "void_robot",
]
