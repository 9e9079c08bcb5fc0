"""Forms of promises."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.pipeline.enums import ClauseDecision, CommitmentKind, CommitmentSide
from feidi.domain.pipeline.selectors.clauses import ReviewState
from feidi.domain.pipeline.selectors.commitments import Fulfilment
from feidi.engines.money import Money, MoneyText
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

FULFILMENT = {
    Fulfilment.MET: _("已兑现"),
    Fulfilment.PARTLY: _("部分兑现"),
    Fulfilment.NOT_YET: _("尚未兑现"),
    Fulfilment.UNKNOWN: _("未知（没有采信的证据）"),
}
REVIEW = {
    ReviewState.NO_TEXT: _("还没有文字"),
    ReviewState.OPEN: _("有待审的提示"),
    ReviewState.TO_AMEND: _("需修改"),
    ReviewState.DECIDED: _("已审完"),
    ReviewState.CLEAN: _("未发现提示"),
}
_HELD = [("", _("全部"))]
_MARKED = _("带内部标记的文件为何可以上传")


class MoneyField(MoneyTextField):
    """An exact amount; cleans to ``Money`` or None. A range or an estimate is sent back."""

    @override
    def clean(self, value: Any) -> Any:
        """Return the exact amount, or raise."""
        read: MoneyText = super().clean(value)
        if not read.text:
            return None
        if read.exact is None or not read.exact.currency:
            raise ValidationError(_("要一个写明币种的确数，如 3000万元、126500.35元。"))
        return Money(read.exact.fen, read.exact.currency)


class ShareField(forms.CharField):
    """A share: 60%, 0.6 or 3/5; cleans to an exact fraction."""

    @override
    def clean(self, value: Any) -> Any:
        """Return the fraction, or raise with how to write it."""
        text = super().clean(value).strip().replace("％", "%").replace("／", "/")
        try:
            return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
        except (ValueError, ZeroDivisionError):
            raise ValidationError(_("看不懂这个比例。请写成 60%、0.6 或 3/5。")) from None


class CommitmentForm(Form):
    """One promise."""

    side = forms.ChoiceField(label=_("谁的承诺"), choices=CommitmentSide.choices)
    kind = forms.ChoiceField(label=_("承诺什么"), choices=CommitmentKind.choices)
    text = forms.CharField(label=_("承诺内容"), max_length=300, help_text=_("照协议原文，一条写一件"))
    amount = MoneyTextField(
        label=_("金额"), required=False, help_text=_("可以是区间，如 5000万-8000万元；与数量只填一样")
    )
    quantity = forms.IntegerField(label=_("数量"), required=False, min_value=0)
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    due_on = date_field(_("期限"))
    condition = forms.CharField(label=_("前提条件"), max_length=300, required=False)


class ShownForm(Form):
    """Evidence of what was met."""

    file = forms.FileField(label=_("文件"), required=False)
    record = forms.CharField(label=_("记录或说明"), max_length=500, required=False, help_text=_("没有文件时写明依据"))
    occurred_on = date_field(_("证据所载日期"), required=True)
    amount = MoneyField(label=_("证据所载金额"), required=False)
    quantity = forms.IntegerField(label=_("证据所载数量"), required=False, min_value=0)
    outcome = forms.ChoiceField(
        label=_("兑现到哪一步"),
        required=False,
        choices=[
            ("", _("看金额或数量")),
            *((each.value, FULFILMENT[each]) for each in (Fulfilment.MET, Fulfilment.PARTLY, Fulfilment.NOT_YET)),
        ],
        help_text=_("没有金额和数量的承诺在这里选"),
    )
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))


class CommitmentFilterForm(Form):
    """What the list of commitments shows."""

    words = forms.CharField(label=_("项目、投资方或内容"), required=False)
    side = forms.ChoiceField(label=_("谁的承诺"), required=False, choices=[*_HELD, *CommitmentSide.choices])
    kind = forms.ChoiceField(label=_("承诺什么"), required=False, choices=[*_HELD, *CommitmentKind.choices])
    due = forms.ChoiceField(
        label=_("期限"),
        required=False,
        choices=[*_HELD, ("overdue", _("已逾期")), ("soon", _("90天内到期")), ("undated", _("没写期限"))],
    )
    state = forms.ChoiceField(label=_("兑现"), required=False, choices=[*_HELD, *FULFILMENT.items()])


class BenefitForm(Form):
    """One sharing term."""

    basis = forms.CharField(label=_("按什么计算"), max_length=200, help_text=_("如 落地项目形成的地方留成"))
    counterpart = forms.CharField(label=_("与谁分享"), max_length=120)
    share = ShareField(label=_("主办方一侧的比例"), max_length=20, help_text=_("60%、0.6 或 3/5"))
    since = date_field(_("自"))
    until = date_field(_("至"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)


class SettlementForm(Form):
    """One settlement of a term."""

    period_from = date_field(_("期间自"), required=True)
    period_to = date_field(_("期间至"), required=True)
    basis = MoneyField(label=_("本期基数"), required=False, help_text=_("不知道就空着，应结额显示未知"))
    paid = MoneyField(label=_("实际结算额"), below_zero=True, help_text=_("对方退回的写负数"))
    settled_on = date_field(_("结算日期"), required=True)
    file = forms.FileField(label=_("凭证"), required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))


class BenefitFilterForm(Form):
    """What the list of sharing terms shows."""

    words = forms.CharField(label=_("项目、对方或基数"), required=False)


class ClauseTextForm(Form):
    """The clauses of an agreement."""

    text = text_area(_("协议条款文字"), required=True, rows=10, help_text=_("整份或有关条款粘贴进来；PDF 只读第一页"))


class ClauseDecisionForm(Form):
    """What a person makes of one sentence."""

    decision = forms.ChoiceField(
        choices=[each for each in ClauseDecision.choices if each[0] != ClauseDecision.OPEN], label=_("结论")
    )
    note = forms.CharField(label=_("理由或修改意见"), max_length=500, required=False)


class ClauseFilterForm(Form):
    """What the list of agreements to review shows."""

    state = forms.ChoiceField(label=_("排查情况"), required=False, choices=[*_HELD, *REVIEW.items()])
