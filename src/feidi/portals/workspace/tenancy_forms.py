"""Forms of a tenant's own tenancy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feidi.domain.incubation.enums import TenancyEnd, TenantOutcomeKind
from feidi.domain.incubation.selectors.reports import Question
from feidi.domain.incubation.selectors.rules import Named
from feidi.engines.money import Money, MoneyText
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.ui.forms import Form
from feidi.portals.workspace.forms import DateInput


class ReportForm(Form):
    """The questions of one period: each as people write it, empty for 还不清楚."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        for each in questions:
            definition = each.definition
            self.fields[each.fact] = forms.CharField(
                label=definition.question_en if english else definition.question,
                max_length=120,
                required=False,
                help_text=_("还不清楚就空着"),
            )
        self.fields["news"] = forms.CharField(
            label=_("这段时间的进展和困难"), required=False, widget=forms.Textarea(attrs={"rows": 3})
        )


class ServiceForm(Form):
    """What one would like done."""

    kind = forms.ChoiceField(label=_("哪类服务"))
    what = forms.CharField(label=_("需要什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, services: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        self.fields["kind"].choices = [(each.code, each.en if english else each.zh) for each in services]  # type: ignore[attr-defined]


class ScoreForm(Form):
    """How it was."""

    score = forms.TypedChoiceField(
        label=_("满意吗"),
        coerce=int,
        choices=[(n, str(n)) for n in range(5, 0, -1)],
        help_text=_("5 很满意，1 很不满意"),
    )
    word = forms.CharField(label=_("说一句"), max_length=300, required=False)


class ProofForm(Form):
    """One piece of evidence."""

    file = forms.FileField(label=_("文件或照片"), required=False)
    record = forms.CharField(label=_("记录或说明"), max_length=500, required=False, help_text=_("没有文件时写明依据"))
    occurred_on = forms.DateField(label=_("材料上的日期"), widget=DateInput())
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"), max_length=300, required=False, help_text=_("一般留空")
    )


class OutcomeForm(Form):
    """A result of one's own."""

    kind = forms.ChoiceField(label=_("成果"), choices=TenantOutcomeKind.choices)
    title = forms.CharField(label=_("名称"), max_length=200)
    dated_on = forms.DateField(label=_("日期"), widget=DateInput(), help_text=_("证书、合同或到账的日期"))
    amount = MoneyTextField(label=_("金额"), required=False, help_text=_("写明币种，如 300万元；没有就空着"))

    def clean_amount(self) -> Money | None:
        """Refuse an amount that is no single figure with its currency."""
        amount: MoneyText = self.cleaned_data["amount"]
        if not amount.text:
            return None
        if amount.exact is None or not amount.exact.currency:
            raise forms.ValidationError(_("要一个写明币种的确数，如 300万元。"))
        return Money(amount.exact.fen, amount.exact.currency)


class HourForm(Form):
    """What one would like to ask a mentor."""

    topic = forms.CharField(label=_("想请教什么"), max_length=300)


class LeaveForm(Form):
    """Asking to leave."""

    how = forms.ChoiceField(
        label=_("方式"), choices=[each for each in TenancyEnd.choices if each[0] != TenancyEnd.REMOVED.value]
    )
    leaves_on = forms.DateField(label=_("最后一天"), widget=DateInput())
    reason = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 3}))
