"""The ledger's columns: which content names them, what each is read as, where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.engines.sheets import FieldSpec
from feidi.kernel.content.library import read

LEDGER = "enclave/ledger.yaml"
MONEY_PARTS = ("lo_fen", "hi_fen", "currency", "text", "approximate")


class Reading(StrEnum):
    """How a column is read. CLAIM_* go to ``Project.claims``, the staff's word; SELF has code of its own."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    COUNT = "count"
    CLAIM_DATE = "claim_date"
    CLAIM_MONEY = "claim_money"
    CLAIM_TEXT = "claim_text"
    CLAIM_KIND = "claim_kind"
    SELF = "self"
    IGNORED = "ignored"


def _by(reading: Reading, *names: str) -> dict[str, Reading]:
    return dict.fromkeys(names, reading)


#: Every field that a ledger column may feed. Content chooses, orders and names the columns.
READINGS: dict[str, Reading] = {
    **_by(Reading.IGNORED, "seq"),
    **_by(Reading.TEXT, "code", "name", "sponsor_place", "industry", "source_channel", "referrer"),
    **_by(Reading.TEXT, "first_report_unit", "leader", "tech_source", "core_product", "land_need", "office_need"),
    **_by(Reading.TEXT, "energy_need", "eia_class", "policy_request", "screening_verdict", "progress", "problems"),
    **_by(Reading.TEXT, "coordination", "next_step", "end_reason", "remarks"),
    **_by(Reading.DATE, "first_report_on", "last_talk_on", "expected_sign_on"),
    **_by(Reading.MONEY, "planned_investment", "fixed_investment", "expected_output", "expected_tax"),
    **_by(Reading.COUNT, "team_size"),
    **_by(Reading.CLAIM_DATE, "visit_on", "signed_on", "registered_on", "site_on", "started_on"),
    **_by(Reading.CLAIM_DATE, "producing_on", "reached_on", "verified_on"),
    **_by(Reading.CLAIM_MONEY, "signed_amount", "paid_in"),
    **_by(Reading.CLAIM_TEXT, "home_entity"),
    **_by(Reading.CLAIM_KIND, "agreement_kind"),
    **_by(Reading.SELF, "uscc", "sponsor", "stage", "owner", "contact_name", "contact_phone", "currency"),
    **_by(Reading.SELF, "plaques"),
}
MONEY_FIELDS = tuple(name for name, reading in READINGS.items() if reading in {Reading.MONEY, Reading.CLAIM_MONEY})
#: Longest text of each field in characters; None: no limit.
LIMITS: dict[str, int | None] = {
    name: getattr(Project._meta.get_field(name), "max_length", None)
    for name, reading in READINGS.items()
    if reading is Reading.TEXT
} | {"sponsor": 160, "owner": 60, "contact_name": 60, "uscc": 40}


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column of content: the field it feeds, its words, unit, and whether it is only compared."""

    field: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    unit: str | None
    required: bool
    derived: bool

    @property
    def reading(self) -> Reading:
        """How it is read; a field that this version does not know is left alone."""
        return READINGS.get(self.field, Reading.IGNORED)


@dataclass(frozen=True)
class Ledger:
    """The columns of one home in the order of export, with the hash of the content."""

    columns: tuple[LedgerColumn, ...]
    sha256: str

    @cached_property
    def by_field(self) -> dict[str, LedgerColumn]:
        """The columns by field."""
        return {each.field: each for each in self.columns}

    @cached_property
    def specs(self) -> tuple[FieldSpec, ...]:
        """The columns as the sheets engine matches them."""
        return tuple(FieldSpec(c.field, c.zh, (*c.aliases, c.en), c.unit, c.required) for c in self.columns)


_LEDGERS: dict[str, Ledger] = {}


def ledger_of(outpost: Outpost) -> Ledger:
    """Return the ledger columns in force for an outpost (its home's, nearest wins)."""
    parsed = read(outpost.home.code, LEDGER, on=None)
    if parsed.sha256 not in _LEDGERS:
        _LEDGERS[parsed.sha256] = Ledger(tuple(_column(raw) for raw in parsed.data["columns"]), parsed.sha256)
    return _LEDGERS[parsed.sha256]


def _column(raw: dict[str, object]) -> LedgerColumn:
    label = raw["label"]
    assert isinstance(label, dict)  # noqa: S101 - the content's schema says so
    aliases = raw.get("aliases") or ()
    assert isinstance(aliases, (list, tuple))  # noqa: S101
    unit = raw.get("unit")
    return LedgerColumn(
        field=str(raw["field"]),
        zh=str(label["zh"]),
        en=str(label["en"]),
        aliases=tuple(str(each) for each in aliases),
        unit=str(unit) if unit else None,
        required=bool(raw.get("required")),
        derived=bool(raw.get("derived")),
    )
