"""Engine ``sheets``: reads messy Chinese ledgers (.xlsx, .xls, .csv, .tsv) without ever guessing silently.

``open_workbook`` (lazy) and ``read_workbook`` (all at once) give a ``Workbook``; each repair, doubt and
refusal is a ``Finding`` whose code has words in ``CODES``. Cell texts become amounts, dates, numbers and
areas by ``parse_money``, ``parse_date_text``, ``parse_integer``, ``parse_area``, ``parse_yes_no``.
"""

from __future__ import annotations

from feidi.engines.sheets.cell_values import cell_area, cell_date, cell_money, unit_of
from feidi.engines.sheets.codes import CODES, CODES_EN
from feidi.engines.sheets.date_text import DateText, Precision, parse_date_text
from feidi.engines.sheets.matching import FieldSpec, Mapping, Match, MatchReason, fold_name, match_columns
from feidi.engines.sheets.model import (
    DEFAULT_LIMITS,
    Cell,
    Column,
    ColumnType,
    Limits,
    Record,
    RecordKind,
    Records,
    Sheet,
    Visibility,
    Workbook,
)
from feidi.engines.sheets.money_text import parse_money
from feidi.engines.sheets.quantities import Area, parse_area, parse_integer, parse_yes_no
from feidi.engines.sheets.reading import load_sheet, open_workbook, read_workbook
from feidi.engines.sheets.safe_text import plain_cell_text, safe_cell_text
from feidi.engines.sheets.summary import finding_text, read_summary

__all__ = [
    "CODES",
    "CODES_EN",
    "DEFAULT_LIMITS",
    "Area",
    "Cell",
    "Column",
    "ColumnType",
    "DateText",
    "FieldSpec",
    "Limits",
    "Mapping",
    "Match",
    "MatchReason",
    "Precision",
    "Record",
    "RecordKind",
    "Records",
    "Sheet",
    "Visibility",
    "Workbook",
    "cell_area",
    "cell_date",
    "cell_money",
    "finding_text",
    "fold_name",
    "load_sheet",
    "match_columns",
    "open_workbook",
    "parse_area",
    "parse_date_text",
    "parse_integer",
    "parse_money",
    "parse_yes_no",
    "plain_cell_text",
    "read_summary",
    "read_workbook",
    "safe_cell_text",
    "unit_of",
]
