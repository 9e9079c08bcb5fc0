"""Who the command line acts as: ``--as LOGIN`` or ``FEIDI_AS``; without one it refuses to write."""

from __future__ import annotations

import argparse
import os
from datetime import datetime

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, actor_for_user, command_actor


def add_as(parser: argparse.ArgumentParser) -> None:
    """Add ``--as LOGIN`` to a writing command."""
    parser.add_argument("--as", dest="acting_as", metavar="LOGIN", default=os.environ.get("FEIDI_AS", ""))


def acting(args: argparse.Namespace, now: datetime) -> Actor:
    """Return the actor of a writing command, or refuse."""
    from feidi.kernel.identity.models import User  # noqa: PLC0415 - Django is ready only now

    if not args.acting_as:
        raise refuse("cli.as_needed")
    user = User.objects.filter(login=args.acting_as.lower(), is_active=True).first()
    if user is None:
        raise refuse("cli.as_unknown", login=args.acting_as)
    return command_actor(actor_for_user(user, now))
