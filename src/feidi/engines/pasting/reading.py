"""From a message to proposals."""

from __future__ import annotations

from datetime import date
from typing import Final

from feidi.engines.pasting.business import take_business, take_funding, take_organizations
from feidi.engines.pasting.contacts import take_numbers, take_people
from feidi.engines.pasting.days import take_days
from feidi.engines.pasting.model import Board, Proposed

#: A message longer than this is no message; what is beyond is not read.
LONGEST: Final = 4000


def parse_message(text: str, today: date) -> Proposed:
    """Read a pasted message. Nothing is invented: each piece is a run of the message, the rest is listed.

    Organizations come before people so that 王总 in a firm's name stays there; ``today`` serves 明天 and days
    without a year, whose year is marked as proposed.

    >>> found = parse_message("滨海某某生物，做POCT的，王总13900001234，想找中试，A轮", date(2026, 11, 23))
    >>> [(each.what.value, each.text) for each in found.pieces]
    [('organization', '滨海某某生物'), ('business', 'POCT'), ('person', '王总'), ('phone', '13900001234'), \
('need', '中试'), ('round', 'A轮')]
    >>> found.rest
    ()
    """
    board = Board(text[:LONGEST], today)
    incomplete = take_numbers(board)
    take_days(board)
    take_funding(board)
    take_organizations(board)
    take_people(board)
    take_business(board)
    pieces = tuple(sorted(board.pieces, key=lambda each: each.start))
    return Proposed(board.message, pieces, board.rest(), incomplete)
