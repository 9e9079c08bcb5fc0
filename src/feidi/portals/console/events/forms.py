"""Forms of activities. They read text; what is allowed is the services' question."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.enums import ActivityState, Audience, PartnerSide, RegistrationState
from feidi.domain.space.models import Unit
from feidi.portals.console.daily import DailyForm, ProjectField, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.rooms.forms import unit_words
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
SHOW = [("coming", _("今天起")), ("past", _("以前")), ("all", _("全部"))]
CAME = [ALL, ("came", _("已到场")), ("missed", _("未到场")), ("walk_in", _("现场登记"))]


def _clock(label: Any, *, required: bool = True, help_text: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget, help_text=help_text)


class ActivityFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("名称或编号"), required=False)
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[ALL])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *ActivityState.choices])
    show = forms.ChoiceField(label=_("时间"), required=False, choices=SHOW, initial="coming")
    month = forms.CharField(required=False, widget=forms.HiddenInput())
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ALL, *kinds]  # type: ignore[attr-defined]


class ActivityForm(DailyForm):
    """What is held, when, where, for whom."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("种类"))
    title_zh = forms.CharField(label=_("名称"), max_length=120)
    title_en = forms.CharField(label=_("英文名称"), max_length=200, required=False, help_text=_("有英文页时才要"))
    day = date_field(_("日期"), required=True)
    begins = _clock(_("从"))
    ends = _clock(_("到"), help_text=_("24 点写 00:00"))
    unit = forms.ModelChoiceField(
        label=_("场地"),
        required=False,
        queryset=Unit.objects.none(),
        empty_label=_("不在驻点（写地址）"),
        help_text=_("保存时一并预订；有人占用会说明是谁"),
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False, help_text=_("在驻点之外举办时写"))
    capacity = forms.IntegerField(
        label=_("名额"), required=False, min_value=1, max_value=100_000, help_text=_("空着即不限；满了自动进候补")
    )
    opens_day = date_field(_("报名开始"), help_text=_("空着即开放后就能报"))
    closes_day = date_field(_("报名截止"), help_text=_("当天报到 24 点；空着即到活动结束"))
    audience = forms.ChoiceField(label=_("谁可以报名"), choices=Audience.choices)
    side = forms.ChoiceField(label=_("面向"), required=False, choices=[("", _("未说明")), *PartnerSide.choices])
    partners = forms.CharField(label=_("合办、协办"), max_length=300, required=False)
    about_zh = text_area(_("介绍"), rows=5, help_text=_("公开页上的文字"))
    about_en = text_area(_("英文介绍"), rows=3)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = unit_words  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        """Put day and clock together; an end at 00:00 is the midnight that ends the day."""
        data: dict[str, Any] = super().clean() or {}
        if {"day", "begins", "ends"} <= data.keys():
            start = datetime.combine(data["day"], data["begins"], SHANGHAI)
            end = datetime.combine(data["day"], data["ends"], SHANGHAI)
            if data["ends"] == time(0):
                end += timedelta(days=1)
            if end <= start:
                raise ValidationError({"ends": _("结束要晚于开始")})
            data["starts_at"], data["ends_at"] = start, end
        opens, closes = data.get("opens_day"), data.get("closes_day")
        data["opens_at"] = datetime.combine(opens, time(0), SHANGHAI) if opens else None
        data["closes_at"] = None
        if closes:
            midnight = datetime.combine(closes, time(0), SHANGHAI) + timedelta(days=1)
            over = data.get("ends_at")
            data["closes_at"] = over if over and over.date() == closes else midnight
        return data


class ProgrammeForm(Form):
    """The programme, one line an item."""

    lines = text_area(
        _("议程"),
        rows=10,
        help_text=_("一行一项：时间 内容｜主讲｜单位。如：14:00 低温介质检测｜林博士｜滨海某某公司"),
    )


class QuestionsForm(Form):
    """The questions of the form, one line each."""

    lines = text_area(
        _("报名时问什么"),
        rows=8,
        help_text=_("一行一问：*问题｜类型｜选项、选项。带 * 为必答；类型写 文字、数字、是否、单选；单选才写选项"),
    )


class RegistrationFilterForm(Form):
    """Which registrants."""

    words = forms.CharField(label=_("姓名、单位或票号"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *RegistrationState.choices])
    came = forms.ChoiceField(label=_("到场"), required=False, choices=CAME)


class RegistrantForm(Form):
    """Somebody registered by staff, or at the door."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(
        label=_("手机"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    mail = forms.EmailField(label=_("邮箱"), max_length=160, required=False, help_text=_("手机和邮箱至少写一样"))
    organization_name = forms.CharField(label=_("单位"), max_length=160, required=False)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    consent = forms.BooleanField(label=_("已把个人信息说明念给本人听，本人同意"))


class WalkInForm(RegistrantForm):
    """Somebody who comes without a ticket."""

    nonce = forms.CharField(max_length=64, widget=forms.HiddenInput())
    door = forms.CharField(label=_("在哪个门"), max_length=40, required=False)
    crowd = forms.BooleanField(label=_("超出名额也放行"), required=False)


class LinkForm(DailyForm):
    """Whom the outpost knows a registrant as."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    organization = forms.CharField(
        label=_("单位"), max_length=160, required=False, help_text=_("写本驻点联系过的单位全称")
    )
    project = ProjectField(help_text=_("到场后写入这个项目的往来；空着就按单位找"))


class MeetingForm(Form):
    """Who met whom, by ticket number."""

    one = forms.CharField(label=_("票号"), max_length=12)
    other = forms.CharField(label=_("见了哪个票号"), max_length=12)
    note = forms.CharField(label=_("聊了什么"), max_length=300, required=False)
