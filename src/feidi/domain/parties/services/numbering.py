"""Human numbers per outpost, series and year: ``YB-2026-0001``. One table for all that is numbered."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.models import NumberSeries, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.content.library import library


def next_number(*, outpost: Outpost, series: str, now: datetime, count: int = 1) -> int:
    """Take ``count`` numbers of a series and return the first. To be called inside the transaction: it locks the series."""
    year = now.astimezone(SHANGHAI).year
    NumberSeries.objects.get_or_create(outpost=outpost, series=series, year=year)
    row = NumberSeries.objects.select_for_update().get(outpost=outpost, series=series, year=year)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return first


def next_code(*, outpost: Outpost, letters: str, now: datetime, digits: int = 4) -> str:
    """Take and return the next number of the series ``letters`` as it is written: ``YB-RC-2026-0001``."""
    number = next_number(outpost=outpost, series=letters, now=now)
    return f"{number_prefix(outpost)}-{letters}-{now.astimezone(SHANGHAI).year}-{number:0{digits}d}"


def number_prefix(outpost: Outpost) -> str:
    """Return the letters that begin an outpost's numbers (content: ``number_prefix``)."""
    data = library().read(outpost.home.code, "enclave/enclave.yaml", on=None).data
    for raw in data.get("outposts") or ():
        if raw.get("code") == outpost.code:
            return str(raw.get("number_prefix") or outpost.code.upper())
    return outpost.code.upper()
