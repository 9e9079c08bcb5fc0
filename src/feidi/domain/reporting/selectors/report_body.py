"""``ReportBody``: the one form of a report between the rows and its renderings (page, docx, PDF, xlsx).

Built once from selectors, kept as JSON with the report, rendered by three renderers. A text keeps its figures as
``{id}``; only ``figures`` say what a number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from feidi.kernel.documents.office.figures import IssuedFigure

_TOKEN: Final = re.compile(r"\{(\w+)\}")
#: Rows of a figure are kept with a report up to so many: enough to explain a difference.
KEPT_ROWS: Final = 2000
BlockKind = Literal["text", "figures", "table", "note"]


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One figure as a report says it. ``value`` None: not known, ``text`` says why. ``code``: of the definition table.

    ``before``: the same of the period before, ``year``: of the year so far; ``beside``: numerator / denominator, sums;
    ``frozen``: as it was when the period was closed; ``correction``: what has changed since (更正).
    """

    id: str
    code: str
    label: str
    value: str | None
    unit: str
    text: str
    as_of: str
    since: str = ""
    numerator: str = ""
    denominator: str = ""
    beside: str = ""
    before: str = ""
    year: str = ""
    frozen: str = ""
    correction: str = ""
    rows: tuple[int, ...] = ()

    @property
    def issued(self) -> IssuedFigure | None:
        """The same as papers take it, to be known again in an edited copy; None when it has no value."""
        if self.value is None:
            return None
        return IssuedFigure(
            self.id, self.label, Decimal(self.value), self.unit, date.fromisoformat(self.as_of), (self.text,)
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A text (``template`` with ``{id}`` for its figures; ``lines`` of it are paragraphs), a table of figures, a table,
    or a note. ``code`` names a text that may be edited.
    """

    kind: BlockKind
    code: str = ""
    template: str = ""
    ids: tuple[str, ...] = ()
    caption: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BodySection:
    """A heading and what stands below it."""

    code: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReportBody:
    """Everything a report says, without its number. ``empty``: nothing was recorded, so nothing is claimed."""

    kind: str
    title: str
    paper: str
    span: str
    period_from: str
    as_of: str
    to: tuple[str, ...]
    head: Mapping[str, Any]
    sections: tuple[BodySection, ...]
    figures: Mapping[str, ReportFigure]
    chat: str = ""
    notes: tuple[str, ...] = ()
    empty: bool = False

    def texts(self) -> Iterator[tuple[BodySection, Block]]:
        """Yield the texts that may be edited, with their sections."""
        for section in self.sections:
            for block in section.blocks:
                if block.kind == "text" and block.code:
                    yield section, block

    def edited(self, texts: Mapping[str, str]) -> ReportBody:
        """Return the body with a person's texts in place of those of content; an emptied text is left out."""
        if not texts:
            return self
        sections = (
            replace(section, blocks=tuple(_edited(block, texts) for block in section.blocks))
            for section in self.sections
        )
        return replace(self, sections=tuple(sections))


def _edited(block: Block, texts: Mapping[str, str]) -> Block:
    return replace(block, template=texts[block.code]) if block.kind == "text" and block.code in texts else block


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: words, or a figure."""

    text: str
    figure: ReportFigure | None = field(default=None)


def pieces_of(body: ReportBody, line: str) -> tuple[Piece, ...]:
    """Return a line of a text cut at its figures; a token that names none stays as it is written."""
    found, last = [], 0
    for token in _TOKEN.finditer(line):
        figure = body.figures.get(token[1])
        if figure is None:
            continue
        found += [Piece(line[last : token.start()]), Piece(figure.text, figure)]
        last = token.end()
    found.append(Piece(line[last:]))
    return tuple(each for each in found if each.text)


def plain_text(body: ReportBody, template: str) -> str:
    """Return a text as it reads."""
    return "".join(piece.text for piece in pieces_of(body, template))


def shown_sections(body: ReportBody) -> tuple[BodySection, ...]:
    """Return the sections that have something to say; what is empty has no heading either."""
    found = []
    for section in body.sections:
        blocks = tuple(block for block in section.blocks if _says(block))
        if blocks:
            found.append(replace(section, blocks=blocks))
    return tuple(found)


def _says(block: Block) -> bool:
    if block.kind == "figures":
        return bool(block.ids)
    return bool(block.rows) if block.kind == "table" else bool(block.template.strip())


def body_as_json(body: ReportBody) -> dict[str, Any]:
    """Return the body as it is kept."""
    return asdict(body)


def body_from_json(kept: Mapping[str, Any]) -> ReportBody:
    """Return a body as it was kept."""
    sections = tuple(
        BodySection(each["code"], each["heading"], tuple(_block(block) for block in each["blocks"]))
        for each in kept["sections"]
    )
    figures = {name: ReportFigure(**{**each, "rows": tuple(each["rows"])}) for name, each in kept["figures"].items()}
    plain = ("kind", "title", "paper", "span", "period_from", "as_of", "head", "chat", "empty")
    return ReportBody(
        **{name: kept[name] for name in plain},
        to=tuple(kept["to"]),
        notes=tuple(kept["notes"]),
        sections=sections,
        figures=figures,
    )


def _block(kept: Mapping[str, Any]) -> Block:
    many: dict[str, Any] = {name: tuple(kept[name]) for name in ("ids", "heads", "numeric")}
    one = {name: kept[name] for name in ("kind", "code", "template", "caption")}
    return Block(**one, **many, rows=tuple(tuple(row) for row in kept["rows"]))
