"""The demonstration's directory of laboratories, and uses of them at every step. All invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from feidi.domain.incubation.enums import OpenTo, TenancyKind
from feidi.domain.incubation.models import LabEntry, Tenancy
from feidi.domain.incubation.services.labs import (
    LabFacts,
    add_lab,
    answer_lab,
    ask_lab,
    hand_sample,
    record_result,
    settle_lab,
)
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.engines.money import Money
from feidi.portals.cli.demonstration.agenda import Scene

_NOTE: Final = "演示：虚构"
#: Whose, what, by which method, level, price in fen, per what, days, for whom. What nobody asked stays open.
_LABS: Final = (
    (
        "滨海公共检测平台（演示）",
        "元素分析室",
        "ICP-MS，测水样和粉体的重金属",
        "none",
        80_000,
        "每个样品",
        5,
        OpenTo.ALL,
    ),
    ("滨海公共检测平台（演示）", "细胞培养间", "原代细胞培养，可租半天", "bsl2", 120_000, "每半天", 1, OpenTo.STARTUP),
    ("滨海湾大学（演示）", "透射电镜", "形貌和能谱，要先预约培训", "", 300_000, "每小时", 10, OpenTo.ALL),
    ("滨海湾大学（演示）", "动物实验中心", "小鼠药代，伦理批件先行", "bsl2", None, "", None, OpenTo.STARTUP),
    (
        "云溪材料中试基地（演示）",
        "窑炉中试线",
        "小批量烧成，可带料试烧",
        "none",
        500_000,
        "每炉",
        15,
        OpenTo.HOME_RESEARCH,
    ),
)


def load(scene: Scene) -> None:
    """Enter the directory; the tenants ask, hand samples over, and two have their result and its fee."""
    labs = [_lab(scene, *each) for each in _LABS]
    here = Tenancy.objects.filter(outpost=scene.outpost, ended_on__isnull=True, voided_at__isnull=True)
    firms = list(here.filter(kind=TenancyKind.STARTUP).order_by("id")[:4])
    for steps, tenancy in zip((5, 3, 2, 1), firms, strict=False):
        _use(scene, labs[steps % 3 if steps < 5 else 0], tenancy, steps)  # noqa: PLR2004 - the whole way
    post = here.filter(kind=TenancyKind.HOME_RESEARCH).order_by("id").first()
    if post is not None:
        _use(scene, labs[4], post, 4)


def _lab(
    scene: Scene,
    owner: str,
    title: str,
    method: str,
    level: str,
    price: int | None,
    per: str,
    days: int | None,
    open_to: OpenTo,
) -> LabEntry:
    manager, evening = scene.actors["manager"], _evening(scene)
    firm = find_or_add_organization(actor=manager, now=evening, outpost=scene.outpost, name=owner)
    facts = LabFacts(
        owner=firm,
        title=f"{title}（演示）",
        method=method,
        source=f"电话询问（{_NOTE}）",
        checked_on=scene.last_day - timedelta(days=20),
        biosafety=level,
        price=None if price is None else Money(price, "CNY"),
        price_per=per,
        days=days,
        open_to=open_to,
    )
    return add_lab(actor=manager, now=evening, outpost=scene.outpost, facts=facts)


def _use(scene: Scene, lab: LabEntry, tenancy: Tenancy, steps: int) -> None:
    """Go so many of the five steps: request, answer, sample, result, fee."""
    manager, officer = scene.actors["manager"], scene.actors["officer"]
    start, fee = scene.working(scene.last_day - timedelta(days=24)), Money(lab.price_fen or 0, "CNY")
    asked = datetime.combine(start, time(10), SHANGHAI)
    use = ask_lab(actor=officer, now=asked, lab=lab, tenancy=tenancy, purpose=f"测一批样品（{_NOTE}）")
    if steps > 1:
        use = answer_lab(actor=officer, now=asked, use=use, agreed=True, answer=f"可以，按价目（{_NOTE}）", price=fee)
    if steps > 2:  # noqa: PLR2004 - the third step
        use = hand_sample(actor=officer, now=asked, use=use, sample=f"三瓶（{_NOTE}）", on=start)
    if steps > 3:  # noqa: PLR2004 - the fourth step
        evening = _evening(scene)
        use = record_result(actor=officer, now=evening, use=use, result=f"符合要求（{_NOTE}）", on=scene.last_day)
        if steps > 4:  # noqa: PLR2004 - the last step
            settle_lab(
                actor=manager, now=evening, use=use, fee=fee, charge=True, due_on=scene.today + timedelta(days=14)
            )


def _evening(scene: Scene) -> datetime:
    return datetime.combine(scene.last_day, time(17, 30), SHANGHAI)
