"""Where somebody begins who opens the site for the first time: what this is, what is invented, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.kernel.access import Actor
from feidi.portals.ui.navigation import Link, links_for, often_for

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Start:
    """A few lines and a few ways on."""

    title: str
    text: str
    links: list[Link]


def acts_of(actor: Actor) -> list[Link]:
    """Return what is done many times a day, for the head of the desk: one click, no rail."""
    known = (
        ("project.edit", _("登记线索"), "plus", "console:pipeline:project_new"),
        ("project.edit", _("粘贴微信消息"), "copy", "console:pipeline:project_paste"),
        ("liaison.view", _("本周四张单子"), "list-check", "console:meetings:week_view"),
        ("report.issue", _("周五出稿"), "report", "console:papers:friday_view"),
    )
    return [
        Link(name, label, icon, reverse(name), current=False, primary=at == 0)
        for at, (permission, label, icon, name) in enumerate(known)
        if actor.may(permission)
    ]


def start_of(actor: Actor, *, empty: bool, busy: bool) -> Start | None:
    """Return the first lines of the desk, None where work waits there and the rows are real.

    ``empty``: the actor's outposts hold no project yet. ``busy``: something stands on the desk.
    """
    if settings.FEIDI_DEMONSTRATION:
        text = _("云溪区和滨海市并不存在；单位、人名、金额、日期都是编的，可以随便改。重来：make demo RESET=1。")
        return Start(_("这是演示，从这里看起"), text, ways_of(actor))
    if empty and actor.may("project.edit"):
        text = _("这里还没有项目。主办单位在您报送之前只见数量。")
        return Start(_("第一天从这里开始"), text, _first_day(actor))
    if busy:
        return None
    return Start(_("今天没有要您办的"), _("需要时从这里进去。"), ways_of(actor))


def ways_of(actor: Actor) -> list[Link]:
    """Return what the actor's role needs most; for other roles the first jobs of the rail."""
    here = reverse("console:home")
    flat = [each for link in links_for(actor, here) for each in (link.items or (link,)) if each.url != here]
    return often_for(actor, here) or flat[:_SHOWN]


def _first_day(actor: Actor) -> list[Link]:
    known = (
        ("project.import", _("导入已有台账"), "database-import", "console:imports:import_new",
         _("两行表头、合并单元格、万元亿元都认；写入前先看每一行会怎样，写入后可以撤销")),
        ("project.edit", _("登记第一条线索"), "plus", "console:pipeline:project_new", _("一分钟以内；输入名称时提示疑似已有的")),
        ("project.edit", _("粘贴微信消息"), "copy", "console:pipeline:project_paste", _("名称、联系人、电话、需求自己认出来，您确认")),
        ("lease.edit", _("登记上游租约"), "key", "console:leases:lease_new", _("入驻协议不得超过它的到期日，到期前一年开始提醒")),
        ("space.edit", _("核对房间与工位"), "door", "console:rooms:unit_list", _("面积、容纳人数、开放时间")),
    )  # fmt: skip
    return [
        Link(name, label, icon, reverse(name), current=False, primary=False, what=what)
        for permission, label, icon, name, what in known
        if actor.may(permission)
    ]
