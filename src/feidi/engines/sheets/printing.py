"""How a written workbook comes out of a printer: somebody always prints it."""

from __future__ import annotations

from typing import Any, Final

_A4: Final = 9


def fit_for_print(sheet: Any, *, head_rows: int = 1, landscape: bool = True) -> None:
    """Set a sheet of XlsxWriter for paper: A4, all columns on one page, the head on each, pages counted."""
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    if head_rows:
        sheet.repeat_rows(0, head_rows - 1)
