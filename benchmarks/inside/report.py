"""An invented report of so many pages in each form, once each (typst keeps what it has set); Django set up. Word: pages."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import Final

from feidi.domain.reporting.enums import ReportFormat
from feidi.domain.reporting.selectors.report_body import Block, BodySection, ReportBody, ReportFigure
from feidi.domain.reporting.services.report_rendering import Stamp, render

#: Rows of a ledger that fill one page, as measured; each part begins with text and forty figures.
ROWS_PER_PAGE: Final = 6
PAGES_PER_PART: Final = 20
_NAMES: Final = "陈周何梁郑宋叶方"
_HEADS: Final = ("序号", "项目名称", "投资方/团队", "阶段", "责任人", "最近洽谈日期", "最近进展")


def invented(pages: int) -> ReportBody:
    """Return the body: parts of text, figures and ledger."""
    figures = {
        code: ReportFigure(
            code, code, f"指标{n}", str(n), "个", f"{n}个", "2026-10-31", beside=f"{n} / 40", before="3个"
        )
        for n, code in ((n, f"K{n:02}") for n in range(1, 41))
    }
    parts = max(1, pages // PAGES_PER_PART)
    rows = pages * ROWS_PER_PAGE * 9 // 10 // parts
    head = {"name": "招商工作简报", "issuer": "演示中心", "addressees": [], "copies": [], "print_count": None}
    sections = tuple(_part(part, rows, tuple(figures)) for part in range(parts))
    when = ("2026年10月", "2026-10-01", "2026-10-31")
    return ReportBody(
        "monthly", "2026年10月招商引资工作情况", "bulletin", *when, ("主办单位",), head, sections, figures
    )


def _part(part: int, rows: int, ids: tuple[str, ...]) -> BodySection:
    words = "截至10月31日，本年签约{K08}，核实落地{K14}；" + "线索来自展会、商协会和本地企业推荐，" * 40 + "下月继续。"
    lines = tuple(_line(part * rows + at) for at in range(1, rows + 1))
    blocks = (
        Block("text", code=f"t{part}", template="\n".join([words] * 3)),
        Block("figures", ids=ids),
        Block("table", heads=_HEADS, rows=lines),
    )
    return BodySection(f"s{part}", f"第{part + 1}片区", blocks)


def _line(at: int) -> tuple[str, ...]:
    said = f"第{at}次来访，查看中试线，约定下周寄样并核对设备清单"
    who, day = f"{_NAMES[at % 8]}晓", f"2026-10-{at % 28 + 1:02}"
    return (str(at), f"低温介质在线检测装置{at}", f"滨海第{at}检测技术有限公司", "洽谈对接", who, day, said)


def main(pages: int) -> None:
    """Render and print what it took."""
    body = invented(pages)
    stamp = Stamp("月报〔2026〕第1期", "第1期", "abcdefghjkmn", datetime(2026, 11, 3, tzinfo=UTC))
    found = {}
    for form in ReportFormat:
        began = time.perf_counter()
        data = render(body, stamp, form)
        taken = time.perf_counter() - began
        found[form.value] = {"seconds": taken, "bytes": len(data), "pages": _pages(data, form)}
    print(json.dumps(found))


def _pages(data: bytes, form: ReportFormat) -> int | None:
    """Count the pages by poppler, where it is there."""
    if form is not ReportFormat.PDF or not shutil.which("pdfinfo"):
        return None
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        said = subprocess.run(["pdfinfo", file.name], capture_output=True, text=True, check=False).stdout
    return next((int(line.split()[1]) for line in said.splitlines() if line.startswith("Pages:")), None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
