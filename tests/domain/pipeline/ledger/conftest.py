"""Ledgers as staff write them, and the steps of an import in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from feidi.domain.pipeline.services.ledger import commit_batch, set_mapping, setup, stage_batch, start_batch
from feidi.kernel.files.services import store_upload
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.subjects import Subject
from tests.support.world import World

Cells = Mapping[str, Any]


@pytest.fixture(autouse=True, scope="session")
def _texts() -> None:
    setup.register()


def sheet_bytes(rows: Sequence[Cells], headers: Sequence[str] | None = None, title: str = "") -> bytes:
    """Write rows as a workbook: a title line when given, then the headers, then the rows."""
    headers = headers or list(dict.fromkeys(name for row in rows for name in row))
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    at = 0
    if title:
        sheet.write_string(0, 0, title)
        at = 1
    sheet.write_row(at, 0, headers)
    for number, row in enumerate(rows, start=at + 1):
        for column, name in enumerate(headers):
            value = row.get(name)
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write(number, column, value)
    book.close()
    return stream.getvalue()


class Importing:
    """Uploads, previews and commits as the officer."""

    def __init__(self, world: World) -> None:
        self.world = world

    def start(
        self, data: bytes | Sequence[Cells], *, name: str = "台账.xlsx", by: str = "officer", **more: Any
    ) -> ImportBatch:
        content = data if isinstance(data, bytes) else sheet_bytes(data)
        actor, world = self.world.actor(by), self.world
        outpost = more.pop("outpost", world.outpost)
        file = store_upload(
            actor=actor, now=world.now, subject=Subject("parties.outpost", outpost.uid), name=name, chunks=[content]
        )
        return start_batch(actor=actor, now=world.now, outpost=outpost, file=file, **more)

    def preview(self, data: bytes | Sequence[Cells], *, by: str = "officer", **more: Any) -> ImportBatch:
        batch = self.start(data, by=by, **more)
        set_mapping(actor=self.world.actor(by), now=self.world.now, batch=batch)
        return stage_batch(actor=self.world.actor(by), now=self.world.now, batch=batch)

    def commit(self, batch: ImportBatch, *, by: str = "officer", **more: Any) -> ImportBatch:
        return commit_batch(actor=self.world.actor(by), now=self.world.now, batch=batch, **more)

    def __call__(
        self, data: bytes | Sequence[Cells], *, skip_bad: bool = False, by: str = "officer", **more: Any
    ) -> ImportBatch:
        return self.commit(self.preview(data, by=by, **more), by=by, skip_bad=skip_bad)


@pytest.fixture
def importing(world: World) -> Importing:
    return Importing(world)


@pytest.fixture
def ledger_bytes() -> Callable[..., bytes]:
    return sheet_bytes
