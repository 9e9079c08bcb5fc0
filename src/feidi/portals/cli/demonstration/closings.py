"""关账 in the demonstration: last year and the last quarter that is over, as the lead closed them; one signing of a closed
period was put right afterwards, so that a 更正 is to be seen.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import AgreementKind, Counting, SigningMethod
from feidi.domain.pipeline.models import Agreement
from feidi.domain.pipeline.services.agreement_changes import change_agreement
from feidi.domain.pipeline.services.agreements import NewAgreement, SigningFacts
from feidi.domain.reporting.models import ClosedPeriod
from feidi.domain.reporting.services.closings import close_period
from feidi.engines.measures import last_day, named_period, period_name, periods_before
from feidi.engines.sheets.money_text import parse_money
from feidi.portals.cli.demonstration.agenda import Scene

#: So many days after its last one a period is closed.
_AFTER: Final = 9
_WHY: Final = "合同正本与登记不符：多记 200 万元，按正本更正（演示）"
_TOO_MUCH_FEN: Final = 200 * 10_000 * 100
_WAN_FEN: Final = 10_000 * 100


def load(scene: Scene) -> None:
    """Close both; then put one signing of the later of them that has any right. Invented like everything they count."""
    quarter = periods_before(scene.last_day, 2, 3)[0]
    names = dict.fromkeys((f"{scene.last_day.year - 1}", period_name(quarter)))
    closed = [_close(scene, name) for name in names]
    for each in reversed(closed):
        if _put_right(scene, each):
            return


def _close(scene: Scene, name: str) -> ClosedPeriod:
    ends = last_day(named_period(name))
    return close_period(
        actor=scene.actors["lead"],
        now=_at(scene.working(ends + timedelta(days=_AFTER)), time(16)),
        outpost=scene.outpost,
        period=name,
        note="演示：年度与季度关账",
    )


def _put_right(scene: Scene, closing: ClosedPeriod) -> bool:
    rows = Agreement.objects.filter(
        project__outpost=scene.outpost, kind=AgreementKind.CONTRACT, counting=Counting.FIRST, voided_at__isnull=True,
        signed_on__range=(closing.starts_on, closing.ends_on), counted_fen__gt=2 * _TOO_MUCH_FEN, currency="CNY",
    )  # fmt: skip
    row = rows.select_related("project__outpost__home", "scan", "authorisation").order_by("-signed_on", "-id").first()
    if row is None:
        return False
    wan = ((row.counted_fen or 0) - _TOO_MUCH_FEN) // _WAN_FEN
    change_agreement(
        actor=scene.actors["lead"],
        now=_at(scene.last_day, time(18, 20)),
        agreement=row,
        version=row.version,
        new=_as_signed(row, f"{wan}万元"),
        reason=_WHY,
    )
    return True


def _as_signed(row: Agreement, amount: str) -> NewAgreement:
    """Return the agreement as it was entered, with another sum."""
    return NewAgreement(
        kind=AgreementKind(row.kind),
        signed_on=row.signed_on,
        investor=row.investor,
        scan=row.scan,
        amount=parse_money(amount)[0],
        title=row.title,
        occasion=row.occasion,
        signing=SigningFacts(
            method=SigningMethod(row.signing_method),
            signatory=row.signatory,
            authorised=row.authorised,
            authorisation=row.authorisation,
            originals=row.originals,
            originals_held_by=row.originals_held_by,
            originals_shelf=row.originals_shelf,
            cross_page_seal=row.cross_page_seal,
            seal_approval=row.seal_approval,
            party_seals=tuple((each["party"], date.fromisoformat(each["sealed_on"])) for each in row.party_seals),
            certificate_name=row.certificate_name,
            certificate_time=row.certificate_time,
        ),
        term_from=row.term_from,
        term_to=row.term_to,
    )


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)
