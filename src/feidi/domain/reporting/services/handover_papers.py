"""《数据移交回执》 and 《数据删除证明》 of a hand-over, printed to be signed and sealed by both sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from feidi.domain.reporting.models import DataHandover
from feidi.kernel.access import Actor
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

RECEIPT, CERTIFICATE = "数据移交回执", "数据删除证明"


def print_papers(
    *, actor: Actor, now: datetime, row: DataHandover, facts: Sequence[tuple[str, str]], folder: Path
) -> None:
    """Print both papers and write their PDFs into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for title, data in ((RECEIPT, receipt_data(row, facts)), (CERTIFICATE, certificate_data(row, facts))):
        subject = Subject("reporting.data_handover", row.uid)
        _form, pdf = print_form(actor=actor, now=now, subject=subject, form="statement", title=title, data=data)
        (folder / f"{title}.pdf").write_bytes(pdf)


def receipt_data(row: DataHandover, facts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return what the receipt says."""
    return {
        "facts": _facts(row, facts),
        "words": [
            "上列数据包已当面移交。接收方已按包内说明核对文件指纹与审计链，与本回执所列一致。",
            "清单指纹是 MANIFEST.sha256 文件本身的 SHA-256；清单逐一列明包内每个文件的指纹。",
        ],
        "chain": [{"hand": "移交方（运营单位）", "seal": True}, {"hand": "接收方（主办单位）", "seal": True}],
    }


def certificate_data(row: DataHandover, facts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return what the certificate of deletion says; the day is written by hand."""
    return {
        "facts": _facts(row, facts),
        "words": [
            "移交方证明：接收方签收上列数据包后，已于　　年　　月　　日从本系统及其备份介质中删除该委托方的全部数据，未留副本。",
            "依法须留存的审计记录除外，其范围为：　　　　　　　　　　　　。",
        ],
        "chain": [
            {"hand": "移交方经办人", "seal": ""},
            {"hand": "移交方负责人", "seal": True},
            {"hand": "接收方见证人", "seal": ""},
        ],
    }


def _facts(row: DataHandover, facts: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in (*facts, ("清单指纹", row.sha256))]
