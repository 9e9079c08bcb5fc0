"""Who walks over every address in ``make test``, and past which rows; in ``make test-all`` everybody, past every row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.access.table import partnership, standing
from tests.support.home import WHOLE

#: One of each side: own staff, a rival's, the home district, a tenant.
SIDES = frozenset({"officer", "rival", "bureau", "own_tenant"})
#: Who may do at home just what the officer may here (a test holds both to the table), so that here it is a stranger only.
LIKE_THE_OFFICER_AT_HOME = "rival"
#: Who work side by side: of those to whom a page opens, one opens it, by turns.
SIDE_BY_SIDE: tuple[tuple[str, ...], ...] = (
    ("officer", "manager", "lead", "rival"),
    ("bureau", "auditor", "verifier"),
    ("own_tenant", "firm_admin", "other_tenant"),
)
#: One of each set of roles to whom the very same lists and desks open (a test holds them to the table).
OF_A_KIND = frozenset({"admin", "former", "talent"}.union(*SIDE_BY_SIDE))
#: The walks that ask hundreds of addresses each, and whose are not slow. (``test_doors`` too tells a row that is not for
#: its reader from none.)
WALKS = {
    "test_doors": SIDES,
    "test_no_address_opens": frozenset[str](),
    "test_no_page_shows_what_is_not_for_its_reader": SIDES,
    "test_no_record_shows_what_is_not_for_its_reader": SIDES,
    "test_a_row_not_for_you_looks_like_one_that_is_not_there": frozenset[str](),
    "test_pages": OF_A_KIND,
}


def in_turn(role: str, keys: Iterable[str], turn: int) -> list[str]:
    """Return the rows that a role is led to at one address: of those to which it stands alike, one.

    It is one side's, reported, at one address, another's at the next; in ``make test-all`` it is every one.
    """
    return list(keys) if WHOLE else [found[turn % len(found)] for found in _alike(role, keys).values()]


def at_a_door(role: str, sees: frozenset[str], keys: Sequence[str], turn: int) -> list[str]:
    """Return the rows of ``in_turn`` for a door that ``sees`` opens; one of all, where it opens to the role at none."""
    if WHOLE:
        return list(keys)
    if role == LIKE_THE_OFFICER_AT_HOME:
        keys = [key for key in keys if not standing(role, key)]
    shut = not any(sees & held for held in _alike(role, keys))
    return [keys[turn % len(keys)]] if shut and keys else in_turn(role, keys, turn)


def _alike(role: str, keys: Iterable[str]) -> dict[frozenset[str], list[str]]:
    alike: dict[frozenset[str], list[str]] = {}
    for key in keys:
        alike.setdefault(standing(role, key) | partnership(role, key), []).append(key)
    return alike


def has_its_turn(role: str, opens: frozenset[str], turn: int) -> bool:
    """Tell whether a role asks for a page: wherever it is shut to it; where it opens, by turns with those beside it."""
    able = [each for side in SIDE_BY_SIDE if role in side for each in side if each in opens]
    return WHOLE or role not in able or role == able[turn % len(able)]
