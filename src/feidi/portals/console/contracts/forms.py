"""Forms of operating contracts and their assessment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import CostCategory, ResourceKind
from feidi.domain.reporting.models import Indicator, IndicatorScore
from feidi.domain.reporting.selectors.assessment import UNIT_COST, points
from feidi.engines.measures import DEFINITIONS
from feidi.portals.console.daily import ProjectField
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.console.words import say_pair
from feidi.portals.ui.forms import Form

_FILE = _("附件")
_MARKED = _("带内部标记的文件为何可以上传")


class ContractFilterForm(Form):
    """What the list shows."""

    show = forms.ChoiceField(label=_("协议"), required=False, choices=[("", _("全部")), ("current", _("期内"))])


class ContractForm(Form):
    """One contract."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)
    number = forms.CharField(label=_("协议编号"), max_length=60)
    title = forms.CharField(label=_("协议名称"), max_length=160)
    client = forms.CharField(label=_("主办单位"), max_length=120)
    operator = forms.CharField(label=_("运营单位"), max_length=160, help_text=_("单位全称"))
    starts_on = date_field(_("期限起"), required=True)
    ends_on = date_field(_("期限止"), required=True, help_text=_("含当日"))
    total = MoneyField(label=_("协议总额"), required=False, help_text=_("写明币种，如 300万元"))
    document = forms.FileField(label=_("协议扫描件"), required=False)
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        if len(outposts) == 1:
            self.fields["outpost"].initial = outposts[0]


class ContractChangeForm(ContractForm):
    """The same terms put right, or as a supplement changed them."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    change_reason = forms.CharField(label=_("为什么改"), max_length=300, help_text=_("如：录入有误；补充协议延期一年"))


class BudgetForm(Form):
    """What a category may cost in a year."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    category = forms.ChoiceField(label=_("科目"), choices=CostCategory.choices)
    amount = MoneyField(label=_("预算"), help_text=_("如 120万元"))

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(each, str(each)) for each in years]  # type: ignore[attr-defined]


class CostForm(Form):
    """One cost."""

    on = date_field(_("发生日期"), required=True, help_text=_("按月归集"))
    category = forms.ChoiceField(label=_("科目"), choices=CostCategory.choices)
    amount = MoneyField(label=_("金额"), help_text=_("如 126500.35元"))
    voucher = forms.CharField(label=_("凭证号"), max_length=80, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    file = forms.FileField(label=_FILE, required=False)


class CostFilterForm(Form):
    """Which costs."""

    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    category = forms.ChoiceField(label=_("科目"), required=False, choices=[("", _("全部")), *CostCategory.choices])

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("全部")), *((each, str(each)) for each in years)]  # type: ignore[attr-defined]


class PaymentForm(Form):
    """One payment foreseen."""

    label = forms.CharField(label=_("付款节点"), max_length=120)
    condition = forms.CharField(label=_("付款条件"), max_length=300, required=False)
    due_on = date_field(_("约定日期"))
    amount = MoneyField(label=_("金额"))


class PaidForm(Form):
    """What was paid."""

    paid_on = date_field(_("付款日期"), required=True)
    amount = MoneyField(label=_("实付"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class ResourceForm(Form):
    """One promised resource."""

    kind = forms.ChoiceField(label=_("种类"), choices=ResourceKind.choices)
    label = forms.CharField(label=_("承诺资源"), max_length=160)
    quantity = forms.IntegerField(label=_("数量"), required=False, min_value=1, help_text=_("投标文件没有写数的留空"))
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    source = forms.CharField(label=_("出处"), max_length=160, required=False, help_text=_("如 投标文件第12页"))


class UseForm(Form):
    """One use of a promised resource."""

    used_on = date_field(_("使用日期"), required=True)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, initial=1)
    note = forms.CharField(label=_("用在哪里"), max_length=300)
    project = ProjectField()


class IndicatorForm(Form):
    """One indicator."""

    label = forms.CharField(label=_("指标"), max_length=120)
    definition = text_area(_("口径"), required=True)
    weight = forms.DecimalField(label=_("权重"), min_value=Decimal("0.01"), max_value=100, decimal_places=2)
    measure = forms.ChoiceField(
        label=_("取数口径"), required=False, help_text=_("选定后完成值由系统按截至日取数，可点开逐行；留空由人工填报")
    )
    target = forms.IntegerField(label=_("目标值"), required=False, min_value=0)
    unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    floor_target = forms.CharField(label=_("保底要求"), max_length=80, required=False)
    evidence = forms.CharField(label=_("佐证材料"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(code, say_pair(each.label.zh, each.label.en)) for code, each in DEFINITIONS.items()]
        choices = [("", _("人工填报")), *known, (UNIT_COST, _("单位成本"))]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]


class SelfForm(Form):
    """The operator's own score of every indicator."""

    as_of = date_field(_("数据截至"), required=True)

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in indicators:
            self.fields[f"score_{each.uid}"] = _points(each, _("自评"))
            if not each.measure:
                self.fields[f"value_{each.uid}"] = forms.CharField(
                    label=_("{label}：完成值").format(label=each.label), max_length=80, required=False
                )
            self.fields[f"note_{each.uid}"] = _note(each, _("自评说明"))


class ScoreForm(Form):
    """The client's score of every indicator, deductions, what is to be paid."""

    def __init__(self, *args: Any, scores: Sequence[IndicatorScore], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in scores:
            each = item.indicator
            own = _("自评 {own}，完成值 {value}").format(own=points(item.self_score), value=item.value or "—")
            self.fields[f"score_{each.uid}"] = _points(each, _("评分"), own)
            self.fields[f"note_{each.uid}"] = _note(each, _("评分说明"))
            self.fields[f"deduction_{each.uid}"] = forms.DecimalField(
                label=_("{label}：扣分").format(label=each.label), min_value=0, decimal_places=2, required=False
            )
            self.fields[f"why_{each.uid}"] = _note(each, _("扣分理由"))
        self.fields["payment_opinion"] = text_area(_("付款意见"), required=True)
        self.fields["proposed"] = MoneyField(label=_("建议付款"), required=False)


class CorrectionForm(Form):
    """One correction of a frozen sheet."""

    indicator = forms.ChoiceField(label=_("指标"), required=False)
    what = forms.CharField(label=_("更正什么"), max_length=60, help_text=_("如 评分、扣分、完成值、建议付款"))
    before = forms.CharField(label=_("定稿时"), max_length=300)
    after = forms.CharField(label=_("更正为"), max_length=300)
    reason = forms.CharField(label=_("理由"), max_length=300)

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("整张结果单")), *((each.uid, each.label) for each in indicators)]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]


def _points(indicator: Indicator, word: Any, help_text: Any = "") -> forms.DecimalField:
    label = _("{label}：{word}（满分 {weight}）").format(
        label=indicator.label, word=word, weight=points(indicator.weight)
    )
    most = Decimal(indicator.weight) / 100
    return forms.DecimalField(label=label, min_value=0, max_value=most, decimal_places=2, help_text=help_text)


def _note(indicator: Indicator, word: Any) -> forms.CharField:
    label = _("{label}：{word}").format(label=indicator.label, word=word)
    return forms.CharField(label=label, max_length=300, required=False)
