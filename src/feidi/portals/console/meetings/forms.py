"""Forms of meetings. They read text; what is allowed is the services' question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.liaison.models import AgendaItem, Meeting
from feidi.domain.liaison.selectors.meetings import items_of
from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
SHOW = [
    ALL,
    ("minuted", _("已出纪要")),
    ("open", _("未出纪要")),
    ("undone", _("有到期未办的决定")),
    ("mine", _("有我的决定未办")),
]
_APART = re.compile(r"[\s,，;；、|｜]+")
_PARTS = 2
_VERSIONS = re.compile(r"(?P<meeting>[0-9]{1,9})(?P<items>( [0-9]{1,18}:[0-9]{1,9})*)")


def read_people(text: str) -> list[dict[str, str]]:
    """Read lines “姓名 单位 职务”; what stands after the unit is the title, whatever its spaces."""
    people = []
    for line in text.splitlines():
        words = [word for word in _APART.split(line.strip()) if word]
        if words:
            unit = words[1] if len(words) > 1 else ""
            people.append({"name": words[0], "unit": unit, "title": " ".join(words[_PARTS:])})
    return people


def write_people(people: Iterable[dict[str, str]]) -> str:
    """Return people as the lines that ``read_people`` reads."""
    lines = (" ".join(each.get(part, "") for part in ("name", "unit", "title")).strip() for each in people)
    return "\n".join(lines)


class MeetingFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("会议、议题或决定"), required=False)
    kind = forms.ChoiceField(label=_("会议类型"), required=False, choices=[ALL, *MeetingKind.choices])
    show = forms.ChoiceField(label=_("另看"), required=False, choices=SHOW)
    outpost = outpost_field(required=False)
    project = forms.CharField(required=False, widget=forms.HiddenInput())


class MeetingForm(DailyForm):
    """When, where, what about."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("会议类型"), choices=MeetingKind.choices)
    title = forms.CharField(label=_("会议名称"), max_length=160, help_text=_("主办单位看得到；不写未报送项目的名称"))
    held_on = date_field(_("开会日期"), required=True)
    held_at = forms.CharField(label=_("时间"), max_length=20, required=False, help_text=_("如：上午9时"))
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    chair = forms.CharField(label=_("主持人"), max_length=80, required=False)
    agenda = text_area(_("议题"), rows=4, help_text=_("一行一个；行首写项目编号即关联该项目"))


class RecordForm(Form):
    """Who was there, what was said: one field for each item of the agenda.

    ``version``: that of the meeting, then of each item as ``key:version``, so that the second who writes is told.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput())
    present = text_area(_("参会人"), required=True, rows=5, help_text=_("一行一人：姓名 单位 职务"))
    absent = text_area(_("请假、缺席"), rows=2, help_text=_("一行一人：姓名 单位 职务"))
    keeper = forms.CharField(label=_("记录人"), max_length=80, required=False)
    summary = text_area(_("会议概况"), rows=3, help_text=_("纪要开头的一两句话，可不写"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = list(items_of(meeting))
        self.initial["version"] = " ".join([str(meeting.version), *(f"{each.pk}:{each.version}" for each in items)])
        for number, item in enumerate(items, start=1):
            label = _("议题{n}：{title}").format(n=number, title=item.title)
            self.fields[f"said_{item.pk}"] = forms.CharField(
                label=label, required=False, initial=item.discussion, widget=forms.Textarea(attrs={"rows": 3})
            )

    def versions(self) -> tuple[int | None, dict[int, int]]:
        """Return the version of the meeting and of each item that the writer had before them; None: not said."""
        found = _VERSIONS.fullmatch(self.cleaned_data["version"].strip())
        if found is None:
            return None, {}
        pairs = (each.split(":") for each in found["items"].split())
        return int(found["meeting"]), {int(key): int(version) for key, version in pairs}

    def discussions(self) -> dict[int, str]:
        """Return item key → what was said of it."""
        given = self.cleaned_data.items()
        return {int(name.removeprefix("said_")): text for name, text in given if name.startswith("said_")}


class ItemForm(DailyForm):
    """One item of the agenda."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    title = forms.CharField(label=_("议题"), max_length=160)
    project = ProjectField(help_text=_("项目编号或全称；未报送的项目，主办单位只看到“未报送项目”，看不到讨论内容"))


class DecisionForm(DailyForm):
    """What was decided, who does it, until when."""

    text = text_area(_("决定事项"), required=True, rows=3)
    responsible = colleague_field(_("责任人（本平台账号）"), help_text=_("选了账号就进他的待办"))
    responsible_text = forms.CharField(
        label=_("责任人或单位"), max_length=80, required=False, help_text=_("没有账号的写姓名或单位")
    )
    due_on = date_field(_("完成时限"))
    item = forms.TypedChoiceField(label=_("属于哪个议题"), required=False, coerce=int, empty_value=None)
    project = ProjectField(help_text=_("空着就随议题"))

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["item"]
        offered.choices = [("", "—"), *((item.pk, item.title) for item in items)]
