"""Forms of rooms and bookings. They read text; what is allowed is the services' question."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import BookingState, Frequency, OccupationReason, UnitKind
from feidi.domain.space.models import Unit
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
#: Every day of the period is reckoned for every room.
_LONGEST = timedelta(days=5 * 366)
WEEKDAYS = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


class DayForm(DailyForm):
    """Which day, which zone, at which outpost; lives in the address."""

    day = date_field(_("日期"))
    zone = forms.ChoiceField(label=_("区域"), required=False, choices=[ALL])
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, zones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [ALL, *zones]  # type: ignore[attr-defined]


class PlanForm(DailyForm):
    """Which moment of which day."""

    day = date_field(_("日期"))
    at = forms.TimeField(label=_("几点"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    outpost = outpost_field(required=False)


class FreeForm(DailyForm):
    """What is looked for: how long, from when on, for how many, in which zone."""

    minutes = forms.IntegerField(label=_("几分钟"), min_value=15, max_value=24 * 60, initial=60)
    day = date_field(_("从哪一天起"))
    at = forms.TimeField(label=_("从几点起"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    people = forms.IntegerField(label=_("几个人"), min_value=1, max_value=2000, required=False)
    zone = forms.ChoiceField(label=_("区域"), required=False, choices=[ALL])
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, zones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [ALL, *zones]  # type: ignore[attr-defined]


class BookingFilterForm(DailyForm):
    """Which bookings."""

    show = forms.ChoiceField(
        label=_("时间"), required=False, choices=[("coming", _("今天起")), ("past", _("以前")), ("all", _("全部"))]
    )
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *BookingState.choices])
    words = forms.CharField(label=_("用途、单位或房间"), required=False)
    outpost = outpost_field(required=False)


class WhenForm(Form):
    """A unit and a time; the day and the clock are those of the outpost."""

    unit = forms.ModelChoiceField(label=_("房间"), queryset=Unit.objects.none(), empty_label=None)
    day = date_field(_("日期"), required=True)
    begins = forms.TimeField(label=_("从"), widget=forms.TimeInput(attrs={"type": "time", "step": 1800}))
    ends = forms.TimeField(
        label=_("到"), widget=forms.TimeInput(attrs={"type": "time", "step": 1800}), help_text=_("24 点写 00:00")
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        return data


class BookingForm(WhenForm):
    """A booking: when, for what, for whom, how many come."""

    purpose = forms.CharField(label=_("用途"), max_length=160)
    organization = forms.ModelChoiceField(
        label=_("为哪个单位"), queryset=Organization.objects.none(), required=False, empty_label=_("驻点自用")
    )
    attendees = forms.IntegerField(label=_("几个人"), min_value=1, max_value=2000, required=False)
    field_order = ["unit", "day", "begins", "ends", "purpose", "organization", "attendees"]

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class ChangeForm(Form):
    """What a booking is for, and how many come."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    purpose = forms.CharField(label=_("用途"), max_length=160)
    attendees = forms.IntegerField(label=_("几个人"), min_value=1, max_value=2000, required=False)


class HandOverForm(Form):
    """How a room was left."""

    note = forms.CharField(
        label=_("交接说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("灯、空调、物品")
    )
    leave = forms.BooleanField(label=_("现在就离开，余下时间让给别人"), required=False, initial=True)


def unit_words(unit: Unit) -> str:
    """Return how a unit is offered: zone, name, how many it holds."""
    holds = "" if unit.capacity is None else f" · {unit.capacity}"
    return f"{unit.zone.name} · {unit.name}{holds}"


class SeriesForm(BookingForm):
    """A booking that repeats."""

    frequency = forms.ChoiceField(label=_("重复"), choices=Frequency.choices)
    every = forms.IntegerField(
        label=_("每隔"), min_value=1, max_value=52, initial=1, help_text=_("1 为每天、每周或每月")
    )
    weekdays = forms.MultipleChoiceField(
        label=_("星期几"),
        required=False,
        choices=[(str(n), word) for n, word in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("每周重复时选；不选就按第一次那天"),
    )
    nth = forms.TypedChoiceField(
        label=_("第几个星期几"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "—"),
            ("1", _("第一个")),
            ("2", _("第二个")),
            ("3", _("第三个")),
            ("4", _("第四个")),
            ("-1", _("最后一个")),
        ],
        help_text=_("每月重复时选"),
    )
    until = date_field(_("截止日期"), help_text=_("“截止日期”和“次数”写一项"))
    count = forms.IntegerField(label=_("次数"), min_value=1, max_value=200, required=False)
    field_order = [
        "unit", "day", "begins", "ends", "frequency", "every", "weekdays", "nth", "until", "count", "purpose",
        "organization", "attendees",
    ]  # fmt: skip


class BlockForm(Form):
    """A room closed for a while."""

    unit = forms.ModelChoiceField(label=_("房间"), queryset=Unit.objects.none(), empty_label=None)
    starts_at = forms.DateTimeField(label=_("从"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    ends_at = forms.DateTimeField(label=_("到"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    why = forms.CharField(label=_("原因"), max_length=200, help_text=_("检修、布展、接待等"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = unit_words  # type: ignore[attr-defined]


class VisitorForm(DailyForm):
    """Somebody expected."""

    outpost = outpost_field()
    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("加密保存，页面默认遮盖"))
    from_where = forms.CharField(label=_("来自哪里"), max_length=160, required=False)
    owner = colleague_field(_("接待人"), required=True, empty_label=None)
    expected_at = forms.DateTimeField(label=_("几时到"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class VisitorFilterForm(DailyForm):
    """Which visitors."""

    day = date_field(_("日期"))
    outpost = outpost_field(required=False)


class UnitFilterForm(DailyForm):
    """Which units."""

    zone = forms.ChoiceField(label=_("区域"), required=False, choices=[ALL])
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[ALL, *UnitKind.choices])
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, zones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [ALL, *zones]  # type: ignore[attr-defined]


class UnitForm(Form):
    """What is known of a unit; what is not known stays empty."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    kind = forms.ChoiceField(label=_("种类"), choices=UnitKind.choices)
    name = forms.CharField(label=_("名称"), max_length=80)
    area_m2 = forms.DecimalField(label=_("面积（㎡）"), required=False, min_value=0, max_digits=10, decimal_places=2)
    capacity = forms.IntegerField(label=_("容纳人数"), required=False, min_value=1, max_value=5000)
    equipment = forms.CharField(label=_("设备"), max_length=300, required=False, help_text=_("用顿号隔开"))
    lettable = forms.BooleanField(label=_("可以入驻"), required=False)
    bookable = forms.BooleanField(label=_("可以预订"), required=False)
    needs_approval = forms.BooleanField(label=_("预订要审批"), required=False)
    hours = forms.ChoiceField(label=_("开放时间"), required=False, choices=[("", "—")])
    valid_from = date_field(_("启用日"), required=True)
    valid_to = date_field(_("停用日"))
    note = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, *args: Any, hours: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].choices = [("", "—"), *hours]  # type: ignore[attr-defined]


class PeriodForm(DailyForm):
    """Which days."""

    since = date_field(_("从"))
    until = date_field(_("到"), help_text=_("含当日"))
    outpost = outpost_field(required=False)

    @override
    def clean(self) -> dict[str, Any]:
        """Hold the order of the days."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            raise ValidationError({"until": _("结束要晚于开始")})
        if data.get("since") and data.get("until") and data["until"] - data["since"] > _LONGEST:
            raise ValidationError({"until": _("一次最多看五年，请缩短期间")})
        return data


class LedgerForm(DailyForm):
    """Which part of the occupancy ledger."""

    show = forms.ChoiceField(
        label=_("时间"),
        required=False,
        choices=[
            ("", _("现在和以后")),
            ("now", _("正在用")),
            ("coming", _("还没到")),
            ("past", _("以前")),
            ("freed", _("提前释放的")),
        ],
    )
    unit = forms.ModelChoiceField(label=_("房间"), queryset=Unit.objects.none(), required=False, empty_label=_("全部"))
    zone = forms.ChoiceField(label=_("区域"), required=False, choices=[ALL])
    reason = forms.ChoiceField(label=_("为什么"), required=False, choices=[ALL, *OccupationReason.choices])
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, zones: list[tuple[str, str]], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [ALL, *zones]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = unit_words  # type: ignore[attr-defined]
