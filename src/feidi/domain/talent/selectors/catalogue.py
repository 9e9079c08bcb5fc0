"""What a home offers its talents, as content: services, texts of consent, classes. Nearest place wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from feidi.domain.parties.models import Outpost
from feidi.domain.talent.models import GreenCase, GreenItem
from feidi.kernel.content.library import Parsed, library

SERVICES, CLASSES = "enclave/talent_services.yaml", "enclave/talent_classes.yaml"
#: The consent without which nothing of a person is kept.
SERVICE_CONSENT = "service"


@dataclass(frozen=True, slots=True)
class Service:
    """One service. None and an empty list mean that nobody has found it written (待核实)."""

    code: str
    label_zh: str
    label_en: str
    who_zh: str
    who_en: str
    documents: tuple[str, ...]
    department: str
    promised: int | None
    taken_from: str
    serial: bool
    child: bool


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One purpose: the texts by origin (zh, en), its version, how long data is kept."""

    code: str
    label_zh: str
    label_en: str
    version: str
    keep_years: int
    guardian: bool
    texts: Mapping[str, Mapping[str, str]]

    def text_of(self, origin: str) -> Mapping[str, str]:
        """Return the text for a person of this origin: their own one, never another's."""
        return self.texts[origin]

    def digest_of(self, origin: str) -> str:
        """Return the SHA-256 of the Chinese text, which is what is signed."""
        return sha256(self.texts[origin]["zh"].encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The services and consents in force for an outpost. ``confirmed`` False: a proposal the place has not taken up."""

    sha256: str
    confirmed: bool
    source: str
    link_days: int
    services: tuple[Service, ...]
    consents: tuple[ConsentText, ...]

    def service(self, code: str) -> Service | None:
        """Return one service, or None."""
        return next((each for each in self.services if each.code == code), None)

    def consent(self, code: str) -> ConsentText | None:
        """Return one purpose, or None."""
        return next((each for each in self.consents if each.code == code), None)


@dataclass(frozen=True, slots=True)
class TalentClass:
    """One class of talents, and the clauses that speak of it."""

    code: str
    label_zh: str
    label_en: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of a place; none where the place has published none. ``evidence``: (kind, zh, en) that shows an arrival."""

    confirmed: bool
    fact: str
    works_here: str
    classes: tuple[TalentClass, ...]
    evidence: tuple[tuple[str, str, str], ...]

    def find(self, code: str) -> TalentClass | None:
        """Return one class, or None."""
        return next((each for each in self.classes if each.code == code), None)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that speaks of a class, each once."""
        return tuple(dict.fromkeys(code for each in self.classes for code in each.clauses))


# content is immutable under its hash, so one reading per process is enough
_CATALOGUES: dict[str, Catalogue] = {}
_CLASSES: dict[str, Classes] = {}


def catalogue_of(outpost: Outpost, on: date) -> Catalogue:
    """Return what the outpost's home offers on a day (``outpost.home`` is needed)."""
    parsed = _read(outpost, SERVICES, on)
    if parsed.sha256 not in _CATALOGUES:
        data = parsed.data
        _CATALOGUES[parsed.sha256] = Catalogue(
            parsed.sha256,
            data["confirmed"],
            data["source"],
            data["link_days"],
            tuple(_service(raw) for raw in data["services"]),
            tuple(_consent(raw) for raw in data["consents"]),
        )
    return _CATALOGUES[parsed.sha256]


def item_name(case: GreenCase, item: GreenItem, on: date, *, english: bool) -> str:
    """Return how a service of a case is called: as it was opened, in English as today's catalogue says it."""
    found = catalogue_of(case.outpost, on).service(item.service) if english else None
    return found.label_en if found is not None and found.label_en else item.title


def classes_of(outpost: Outpost, on: date) -> Classes:
    """Return the classes of the outpost's home on a day."""
    parsed = _read(outpost, CLASSES, on)
    if parsed.sha256 not in _CLASSES:
        data = parsed.data
        classes = [
            TalentClass(raw["code"], raw["label"]["zh"], raw["label"]["en"], tuple(raw["clauses"]))
            for raw in data["classes"]
        ]
        evidence = [(raw["kind"], raw["label"]["zh"], raw["label"]["en"]) for raw in data["evidence"]]
        _CLASSES[parsed.sha256] = Classes(
            data["confirmed"], data["fact"] or "", data["works_here"] or "", tuple(classes), tuple(evidence)
        )
    return _CLASSES[parsed.sha256]


def _read(outpost: Outpost, path: str, on: date) -> Parsed:
    """Return what holds on ``on``; a day before the first revision is answered by the present one."""
    home, found = outpost.home.code, library()
    return found.find(home, path, on=on) or found.read(home, path, on=None)


def _service(raw: Mapping[str, Any]) -> Service:
    who = raw["who"] or {"zh": "", "en": ""}
    return Service(
        raw["code"],
        raw["label"]["zh"],
        raw["label"]["en"],
        who["zh"],
        who["en"],
        tuple(raw["documents"]),
        raw["department"] or "",
        raw["promised"],
        raw["taken_from"] or "",
        serial=raw["serial"],
        child=raw["child"],
    )


def _consent(raw: Mapping[str, Any]) -> ConsentText:
    return ConsentText(
        raw["code"],
        raw["label"]["zh"],
        raw["label"]["en"],
        raw["version"],
        raw["keep_years"],
        guardian=raw["guardian"],
        texts={origin: dict(text) for origin, text in raw["texts"].items()},
    )
