"""Forms of the hall. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.services.trips import read_members
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.showcase.enums import VisitState
from feidi.domain.showcase.models import Publication
from feidi.domain.showcase.services.visits import Stop, Visitor, VisitPlan
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
_PARTS = 3
#: So many titles of exhibits stand beside the form.
_TITLES = 40


class VisitFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("来访单位"), required=False)
    state = forms.ChoiceField(
        label=_("范围"), required=False, choices=[("coming", _("将要来")), *VisitState.choices, ("all", _("全部"))]
    )
    outpost = outpost_field(required=False)


class VisitForm(DailyForm):
    """A visit; with a guide it is confirmed."""

    outpost = outpost_field()
    delegation = forms.CharField(label=_("来访单位或团名"), max_length=160)
    on = date_field(_("日期"), required=True)
    begins = forms.TimeField(label=_("从"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("到"), widget=forms.TimeInput(attrs={"type": "time"}))
    people = forms.IntegerField(label=_("人数"), required=False, min_value=1, max_value=999)
    purpose = forms.CharField(label=_("目的"), max_length=300, required=False)
    language = forms.CharField(label=_("讲解语言"), max_length=40, required=False)
    contact = forms.CharField(
        label=_("联系人和电话"), max_length=200, required=False, help_text=_("加密保存；空着就保留原来的")
    )
    guide = colleague_field(_("讲解"), help_text=_("选了讲解就是已确认"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WayForm(Form):
    """The way through the hall, one stop a line."""

    stops = text_area(_("路线"), required=True, rows=8, help_text=_("一行一站：时间｜地点｜看什么；展品写它的标题"))

    def __init__(self, *args: Any, exhibits: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if exhibits:
            told = _("一行一站：时间｜地点｜看什么；展品写它的标题：{titles}")
            self.fields["stops"].help_text = told.format(titles="、".join(exhibits[:_TITLES]))


class PeopleForm(Form):
    """Who comes, one person a line."""

    people = text_area(_("名单"), rows=10, help_text=_("一行一人：姓名 单位 职务；不写电话"))


class FinishForm(Form):
    """What came of it."""

    result = text_area(_("接待结果"), required=True, help_text=_("来了谁、看了什么、谈了什么"))


def plan_of(data: dict[str, Any]) -> VisitPlan:
    """Return what a form says of a visit."""
    return VisitPlan(
        delegation=data["delegation"],
        starts_at=datetime.combine(data["on"], data["begins"], SHANGHAI),
        ends_at=datetime.combine(data["on"], data["ends"], SHANGHAI),
        people=data["people"],
        purpose=data["purpose"],
        language=data["language"],
        contact=data["contact"],
        guide=data["guide"],
    )


def stops_of(text: str, exhibits: dict[str, Publication]) -> list[Stop]:
    r"""Read the way: time, place and what, apart by ｜; fewer parts: the last is what. An exhibit's title is that exhibit.

    >>> [(each.at, each.place, each.what) for each in stops_of("10:00｜序厅｜欢迎\\n看样机", {})]
    [('10:00', '序厅', '欢迎'), ('', '', '看样机')]
    """
    found = []
    for line in text.splitlines():
        parts = [each.strip() for each in line.replace("|", "｜").split("｜", _PARTS - 1)]
        if not any(parts):
            continue
        at, place, what = [*[""] * (_PARTS - len(parts)), *parts]
        found.append(Stop(what, at, place, exhibits.get(what)))
    return found


def visitors_of(text: str) -> list[Visitor]:
    """Read a list of people, one a line."""
    return [Visitor(each.name, each.unit, each.title) for each in read_members(text)]
