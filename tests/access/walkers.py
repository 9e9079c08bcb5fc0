"""Who walks over every address in ``make test``, and past which rows; in ``make test-all`` everybody, past every row."""

from __future__ import annotations

import os
from collections.abc import Iterable

from tests.access.table import partnership, standing

#: ``make test-all``.
WHOLE = "FEIDI_TEST_WHOLE" in os.environ
#: One of each side: own staff, a rival's, the home district, a tenant.
SIDES = frozenset({"officer", "rival", "bureau", "own_tenant"})
#: One of each set of roles to whom the very same lists and desks open (a test holds them to the table).
OF_A_KIND = SIDES | {
    "manager",
    "lead",
    "auditor",
    "verifier",
    "admin",
    "former",
    "talent",
    "firm_admin",
    "other_tenant",
}
#: The walks that ask hundreds of addresses each, and whose are not slow.
WALKS = {
    "test_doors": SIDES,
    "test_no_address_opens": SIDES,
    "test_no_page_shows_what_is_not_for_its_reader": SIDES,
    "test_no_record_shows_what_is_not_for_its_reader": SIDES,
    "test_a_row_not_for_you_looks_like_one_that_is_not_there": SIDES,
    "test_pages": OF_A_KIND,
}


def in_turn(role: str, keys: Iterable[str], turn: int) -> list[str]:
    """Return the rows that a role is led to at one address: of those to which it stands alike, one.

    It is one side's, reported, at one address, another's at the next; in ``make test-all`` it is every one.
    """
    alike: dict[frozenset[str], list[str]] = {}
    for key in keys:
        alike.setdefault(standing(role, key) | partnership(role, key), []).append(key)
    return [key for found in alike.values() for key in (found if WHOLE else [found[turn % len(found)]])]
