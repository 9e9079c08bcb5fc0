"""Forms of the workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import DeclineReason, Verdict
from feidi.engines.money import MoneyText
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.ui.forms import Form

MONEY = "money"


class DateInput(forms.DateInput):
    """A browser date picker that speaks ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EvidenceForm(Form):
    """One paper for the landing. An amount is only asked for where the kind of evidence has one."""

    file = forms.FileField(label=_("文件或照片"))
    occurred_on = forms.DateField(
        label=_("文件上的日期"), required=False, widget=DateInput(), help_text=_("如发照日期、签约日期、付款日期")
    )
    amount = MoneyTextField(
        label=_("金额"),
        required=False,
        unit_hint="元",
        currency_hint="CNY",
        help_text=_("如 50万元；没有写币种的按人民币，外币请写明，如 20万美元"),
    )
    record = forms.CharField(label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != MONEY:
            del self.fields["amount"]
        self._reason = self.fields.pop("mark_reason")
        if self.data.get("mark_reason"):
            self.ask_reason()

    def ask_reason(self) -> None:
        """Show the field for the reason: only where a file was refused for its mark."""
        self.fields["mark_reason"] = self._reason

    def clean_amount(self) -> MoneyText:
        """Refuse an amount that is no single figure: evidence says how much."""
        amount: MoneyText = self.cleaned_data["amount"]
        if amount.text and amount.exact is None:
            raise forms.ValidationError(_("看不出确切金额。请写成一个数，如 50万元。"))
        return amount


class NeedSheetForm(Form):
    """技术需求表, answered by the firm itself. What is left empty stays 问企业."""

    goal = forms.CharField(label=_("技术目标"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    indicators = forms.CharField(
        label=_("考核指标"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("怎样算解决了，如：一天停机少于一次；说不准就空着"),
    )  # fmt: skip
    finish = forms.CharField(label=_("完成时限"), required=False)
    ownership = forms.CharField(label=_("产权归属"), required=False)
    funding = forms.CharField(label=_("资金投入"), required=False)
    conditions = forms.CharField(label=_("对解决方的要求"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CandidateAnswerForm(Form):
    """What a firm says of one candidate."""

    verdict = forms.ChoiceField(label=_("您的答复"), choices=[("", _("请选择")), *Verdict.choices[1:]])
    reason = forms.ChoiceField(
        label=_("不合适的原因"), required=False, choices=[("", _("（不合适时选）")), *DeclineReason.choices]
    )
    note = forms.CharField(label=_("补充一句"), max_length=300, required=False)
