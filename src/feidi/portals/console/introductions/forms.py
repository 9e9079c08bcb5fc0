"""Forms of introductions. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import (
    NEED_KINDS,
    Channel,
    IntroductionState,
    NextDecision,
    OutcomeKind,
    Side,
    TechnologyContractKind,
)
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
NOT_SAID = ("", _("未说明"))
SHOW = [
    ("live", _("进行中")),
    ("concluded", _("已达成")),
    ("ended", _("已终止")),
    ("all", _("全部")),
]


class IntroductionFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("编号、标题或单位"), required=False)
    show = forms.ChoiceField(label=_("范围"), required=False, choices=SHOW)
    state = forms.ChoiceField(label=_("走到哪一步"), required=False, choices=[ALL, *IntroductionState.choices])
    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[ALL, *((each.value, each.label) for each in NEED_KINDS)]
    )
    officer = colleague_field(_("服务专员"))
    outpost = outpost_field(required=False)
    profile = forms.CharField(required=False, widget=forms.HiddenInput())


class IntroductionForm(Form):
    """Which need meets which offer, by their numbers, and how it came about."""

    need = forms.CharField(label=_("需求编号"), max_length=40)
    offer = forms.CharField(label=_("供给编号"), max_length=40)
    channel = forms.ChoiceField(label=_("怎么来的"), choices=Channel.choices)
    asked_by_side = forms.ChoiceField(label=_("哪一方先提出"), choices=Side.choices)
    on = date_field(_("日期"))
    candidate = forms.CharField(required=False, widget=forms.HiddenInput())


class AgreeForm(Form):
    """Who of a side agreed, and when."""

    by = forms.CharField(label=_("谁同意的"), max_length=100, help_text=_("如：研发总监王工（电话）"))
    on = date_field(_("日期"))


class MeetingForm(Form):
    """When and where both sides meet."""

    planned_for = forms.DateTimeField(
        label=_("会面时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("地点"), max_length=160, required=False)


class HeldForm(Form):
    """How a meeting went."""

    on = date_field(_("开会日期"), required=True)
    present = text_area(_("到会的人"), rows=3, help_text=_("一行一人"))
    result = text_area(_("谈了什么、下一步做什么"), rows=4)


class TrialForm(Form):
    """A trial before it begins: nobody says afterwards who was to pay."""

    subject = forms.CharField(label=_("试验内容"), max_length=200, required=False)
    sample = forms.CharField(label=_("样品或产线"), max_length=200, required=False)
    protocol = text_area(_("试验方案"), rows=4)
    planned_on = date_field(_("计划日期"), required=True)
    place = forms.CharField(label=_("地点"), max_length=160, required=False)
    payer = forms.CharField(label=_("谁付费"), max_length=160, required=False)
    cost = MoneyField(label=_("费用"), required=False, help_text=_("没有谈定就空着"))


class TrialResultForm(Form):
    """What was measured."""

    on = date_field(_("试验日期"), required=True)
    measured = text_area(_("实测结果"), rows=4, help_text=_("写测得的数和单位"))
    next_decision = forms.ChoiceField(
        label=_("下一步"), required=False, choices=[("", _("尚未商定")), *NextDecision.choices]
    )


class OutcomeForm(Form):
    """What came of it. The last fields are a technology contract's."""

    kind = forms.ChoiceField(label=_("结果"), choices=OutcomeKind.choices)
    on = date_field(_("日期"), required=True)
    amount = MoneyField(label=_("金额"), required=False)
    note = forms.CharField(label=_("说明"), max_length=500, required=False)
    contract_kind = forms.ChoiceField(
        label=_("技术合同类别"), required=False, choices=[NOT_SAID, *TechnologyContractKind.choices]
    )
    technology = MoneyField(label=_("技术交易额"), required=False, help_text=_("设备和材料款不计入；尚未认定就空着"))
    registration_number = forms.CharField(label=_("技术合同登记号"), max_length=60, required=False)
    registering_side = forms.ChoiceField(
        label=_("由哪一方登记"),
        required=False,
        choices=[NOT_SAID, *Side.choices],
        help_text=_("一般由卖方在卖方所在地登记一次，计入卖方所在地"),
    )
    ownership = forms.CharField(label=_("知识产权归属"), max_length=300, required=False)
    solved_when = forms.CharField(label=_("怎样算解决"), max_length=300, required=False)


class ProofForm(Form):
    """One piece of evidence."""

    file = forms.FileField(label=_("文件"), required=False)
    record = forms.CharField(label=_("记录或说明"), max_length=500, required=False, help_text=_("没有文件时写明依据"))
    occurred_on = date_field(_("证据所载日期"), required=True)
    amount = MoneyField(label=_("证据所载金额"), required=False)
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"), max_length=300, required=False, help_text=_("一般留空")
    )


def names_of(text: Any) -> list[str]:
    """Return the names of a text area, one per line."""
    return [each.strip() for each in str(text or "").splitlines() if each.strip()]
