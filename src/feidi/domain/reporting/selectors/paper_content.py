"""How a place writes its papers (content ``enclave/papers.yaml``): kinds, masthead per plaque, what the chat text says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.engines.findings import refuse
from feidi.kernel.content.library import read
from feidi.kernel.documents.office.papers import Copies

PATH: Final = "enclave/papers.yaml"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a paper: heading, sentences with figures, a text a person wrote, a list. What is empty is left out."""

    heading: str
    sentences: tuple[str, ...]
    field: str
    list: str


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One kind of paper as this place writes it."""

    code: str
    label: Mapping[str, str]
    title: str
    number: str
    issue: str
    friday: bool
    addressed: bool
    fields: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues, for which plaque or for all: name of the bulletin, addressees, 报/送, 份数, the superior."""

    name: str
    issuer: str
    superior: str
    addressees: tuple[str, ...]
    copies: tuple[Copies, ...]
    print_count: int | None


@dataclass(frozen=True, slots=True)
class PaperContent:
    """Everything content says of papers at one home on one day."""

    kinds: Mapping[str, PaperForm]
    chat: Mapping[str, Any]
    mastheads: Sequence[Mapping[str, Any]]
    bureau: str
    confirmed: bool
    source: str

    def kind(self, code: str) -> PaperForm:
        """Return one kind; refuses one this place does not write."""
        if code not in self.kinds:
            raise refuse("papers.unknown_kind", kind=code)
        return self.kinds[code]

    def head(self, outpost: Outpost, plaque: str) -> Head:
        """Return the head of an outpost's plaque. Refuses a plaque it does not have.

        Empty: of all plaques together. Then the outpost itself issues, to the bureau that it belongs to: no plaque
        speaks for the others, nor to another's superior. Where content gives no masthead, who issues stands there.
        """
        plates = {each.code: each for each in outpost.plaques.all()}
        if plaque and plaque not in plates:
            raise refuse("papers.unknown_plaque", plaque=plaque)
        plate = plates.get(plaque)
        superior = (plate.superior if plate else "") or self.bureau
        issuer = (plate.report_head or plate.name) if plate else outpost.name
        mastheads = {each["plaque"]: each for each in self.mastheads}
        raw = mastheads.get(plaque) or mastheads.get("")
        if raw is None:
            return Head(issuer, issuer, superior, (superior,), (), None)

        def said(text: str) -> str:
            return text.replace("{superior}", superior).replace("{bureau}", self.bureau)

        # where the superior is the bureau itself it is told once
        copies = tuple(Copies(each["word"], _once(map(said, each["to"]))) for each in raw["copies"])
        return Head(raw["name"], issuer, superior, _once(map(said, raw["addressees"])), copies, raw["print_count"])


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def paper_content(outpost: Outpost, on: date) -> PaperContent:
    """Return the content that holds for an outpost's home on a day."""
    data = read(outpost.home.code, PATH, on=on).data
    home = read(outpost.home.code, "enclave/enclave.yaml", on=None).data["home"]
    kinds = {
        each["code"]: PaperForm(
            **{name: each[name] for name in ("code", "label", "title", "number", "issue", "friday", "addressed")},
            fields=tuple(each["fields"]),
            sections=tuple(
                Section(raw["heading"], tuple(raw["sentences"]), raw["field"], raw["list"]) for raw in each["sections"]
            ),
        )
        for each in data["kinds"]
    }
    return PaperContent(
        kinds, data["chat"], data["mastheads"], home["bureau"]["zh"], data["confirmed"], str(data["source"])
    )
