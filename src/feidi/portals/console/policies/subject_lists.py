"""The lists beside the firms: persons and referrals that clauses of their own speak of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.policy.models import Checkup
from feidi.domain.policy.selectors.askable import about_row
from feidi.engines.money import Money
from feidi.portals.console.policies.asking import KINDS
from feidi.portals.console.policies.presenting import COLUMNS
from feidi.portals.console.policies.presenting import crumbs as presenting_crumbs
from feidi.portals.ui.pieces import Column, Crumb, Row, Tab

SUBJECT_COLUMNS = {
    "person": [
        Column("name", gettext_lazy("人员"), lead=True),
        Column("beside", gettext_lazy("职务、单位")),
        Column("outpost", gettext_lazy("驻点")),
        *COLUMNS[1:],
    ],
    "referral": [
        Column("name", gettext_lazy("项目与引荐人"), lead=True),
        Column("beside", gettext_lazy("项目编号")),
        Column("outpost", gettext_lazy("驻点")),
        *COLUMNS[1:],
    ],
}
SORTS = {"checked": "last_as_of"}
SEARCHED = {"person": gettext_lazy("姓名、职务或单位"), "referral": gettext_lazy("项目、编号或引荐人")}


def tabs() -> list[Tab]:
    """Return whose check-ups there are."""
    return [
        Tab("firm", _("企业"), reverse("console:policies:checkup_list")),
        Tab("person", _("人员"), reverse("console:policies:person_list")),
        Tab("referral", _("引荐"), reverse("console:policies:referral_list")),
    ]


def crumbs(subject_kind: str) -> list[Crumb]:
    """Return the way to the list in which a subject of this kind stands."""
    for kind, stored in KINDS.items():
        if stored == subject_kind:
            return [Crumb(words_of(kind)["title"], reverse(f"console:policies:{kind}_list"))]
    return presenting_crumbs()


def words_of(kind: str) -> dict[str, str]:
    """Return what the page of a list says."""
    if kind == "person":
        return {
            "title": _("人员政策体检"),
            "subtitle": _("以人员为对象的条款：人才卡、安居补贴一类。姓名只在本页显示，留存、打印和复制的文字都打码。"),
            "empty_title": _("没有可以体检的人员"),
            "empty_text": _("驻点登记过的人员显示在这里：在项目里登记联系人、团队成员。"),
        }
    return {
        "title": _("引荐政策体检"),
        "subtitle": _("以引荐为对象的条款：引荐奖励一类。首报登记里写明引荐人的显示在这里，首报证明的事实自动带入。"),
        "empty_title": _("没有写明引荐人的首报"),
        "empty_text": _("登记首报时写上引荐人，这里就能看引荐奖励的条件。"),
    }


def row_of(kind: str, item: Any, kept: Mapping[str, Checkup]) -> Row:
    """Return a person or a referral as a list row, with the figures of the last check-up."""
    about, last = about_row(KINDS[kind], item), kept.get(item.last_checkup or "")
    groups = last.summary["groups"] if last else {}
    return Row(
        cells={
            "name": about.name,
            "beside": about.beside,
            "outpost": about.outpost.short_name,
            "checked": item.last_as_of,
            "best": Money(last.summary["combination"]["best"]["total_fen"], "CNY") if last else None,
            **{each: groups.get(each) for each in ("applicable", "automatic", "contested", "unknown")},
        },
        url=reverse("console:policies:subject_checkup", args=[kind, item.uid]),
        uid=item.uid,
    )
