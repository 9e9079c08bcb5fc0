"""Forms of the directory of laboratories. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.incubation.enums import Biosafety, LabState, OpenTo
from feidi.domain.incubation.models import LabEntry
from feidi.domain.incubation.selectors.labs import LEVELS
from feidi.portals.console.daily import DailyForm, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
UNKNOWN = ("", _("没有问到"))
_LEVELS = [(each.value, each.label) for each in LEVELS]


class LabFilterForm(DailyForm):
    """Which laboratories."""

    words = forms.CharField(label=_("名称、方法或单位"), required=False)
    biosafety = forms.ChoiceField(label=_("至少哪一级"), required=False, choices=[ALL, *_LEVELS])
    open_to = forms.ChoiceField(label=_("谁可以申请"), required=False, choices=[ALL, *OpenTo.choices[1:]])
    outpost = outpost_field(required=False)


class LabForm(DailyForm):
    """What is known of a laboratory; what nobody has said stays empty."""

    outpost = outpost_field()
    title = forms.CharField(label=_("实验室或设备"), max_length=160)
    owner = forms.CharField(label=_("是谁的"), max_length=160, help_text=_("单位全称"))
    method = text_area(_("能做什么、用什么方法"), required=True)
    place = forms.CharField(label=_("在哪里"), max_length=160, required=False)
    biosafety = forms.ChoiceField(label=_("生物安全等级"), required=False, choices=[UNKNOWN, *Biosafety.choices])
    price = MoneyField(label=_("价格"), required=False, help_text=_("写明币种，如 800元；免费写 0元；没有问到就空着"))
    price_per = forms.CharField(label=_("按什么计"), max_length=40, required=False, help_text=_("每个样品、每小时"))
    days = forms.IntegerField(
        label=_("送样后几个工作日出结果"), min_value=1, max_value=250, required=False, help_text=_("没有问到就空着")
    )
    open_to = forms.ChoiceField(label=_("谁可以申请"), choices=OpenTo.choices)
    conditions = forms.CharField(label=_("还要什么条件"), max_length=300, required=False)
    source = forms.CharField(label=_("来源"), max_length=200, help_text=_("谁说的，或哪份材料"))
    checked_on = date_field(_("哪天核实的"), required=True)
    offer = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=12)


class LabUseFilterForm(DailyForm):
    """Which uses."""

    show = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("open", _("未办结")), *LabState.choices, ("all", _("全部"))]
    )


class LabUseForm(Form):
    """Asking for a laboratory."""

    lab = forms.ModelChoiceField(label=_("实验室"), queryset=LabEntry.objects.none(), empty_label=None)
    purpose = text_area(_("要做什么"), required=True)
    biosafety = forms.ChoiceField(label=_("要哪一级"), required=False, choices=[("", _("不要求")), *_LEVELS])

    def __init__(self, *args: Any, labs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lab"].queryset = labs  # type: ignore[attr-defined]
        self.fields["lab"].label_from_instance = lambda lab: f"{lab.title}（{lab.owner.name}）"  # type: ignore[attr-defined]


class LabAnswerForm(Form):
    """What the laboratory said."""

    agreed = forms.ChoiceField(label=_("答复"), choices=[("yes", _("同意")), ("no", _("不同意"))])
    price = MoneyField(label=_("说定的价格"), required=False, help_text=_("写明币种；没有说就空着"))
    answer = forms.CharField(label=_("怎么说的"), max_length=300, required=False, help_text=_("不同意要写原因"))


class SampleForm(Form):
    """A sample is handed over."""

    sample = forms.CharField(label=_("样品和数量"), max_length=200)
    on = date_field(_("送样日"), required=True)


class LabResultForm(Form):
    """What was measured."""

    result = text_area(_("结果"), required=True)
    on = date_field(_("出结果日"), required=True)
    file = forms.FileField(label=_("报告"), required=False)


class FeeForm(Form):
    """What it cost."""

    fee = MoneyField(label=_("费用"), required=True, help_text=_("写明币种，如 800元；免费写 0元"))
    charge = forms.BooleanField(
        label=_("计入企业应付"), required=False, help_text=_("由驻点代收时勾选；企业直接付给实验室的不勾")
    )
    due_on = date_field(_("应缴日"), help_text=_("计入企业应付时才用"))
