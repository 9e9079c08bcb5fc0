"""Forms of tenancies. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.incubation.enums import ChargeKind, Programme, TenancyEnd, TenancyKind
from feidi.domain.incubation.models import Tenancy
from feidi.domain.pipeline.enums import AgreementKind
from feidi.domain.pipeline.models import Agreement
from feidi.domain.space.models import Unit
from feidi.portals.console.daily import DailyForm, ProjectField, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
SHOW = [
    ("here", _("在驻")),
    ("coming", _("将入驻")),
    ("ending", _("90 天内到期")),
    ("over", _("已结束")),
    ("all", _("全部")),
]
_MARKED = _("带内部标记的文件为何可以上传")


class TenancyFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("编号、单位或项目"), required=False)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[ALL, *TenancyKind.choices])
    programme = forms.ChoiceField(label=_("阶段"), required=False, choices=[ALL, *Programme.choices])
    show = forms.ChoiceField(label=_("状态"), required=False, choices=SHOW)
    outpost = outpost_field(required=False)


class TermsFields(forms.Form):
    """What a month costs; mixed into the forms that set it."""

    programme = forms.ChoiceField(label=_("阶段"), choices=Programme.choices)
    rent = MoneyField(label=_("每月租金"), required=False, help_text=_("写明币种；没有约定就空着，不要写 0"))
    forgone = MoneyField(label=_("每月免租金额"), required=False, help_text=_("免掉的按同样面积应收多少，审计要加总"))
    forgone_until = date_field(_("免租止"))
    forgone_basis = forms.CharField(
        label=_("免租依据"), max_length=300, required=False, help_text=_("会议纪要或政策条款，写明文号")
    )
    due_day = forms.IntegerField(label=_("每月几日前缴"), min_value=1, max_value=28, initial=10)
    services = forms.CharField(label=_("含哪些服务"), max_length=300, required=False)


class TenancyForm(TermsFields, DailyForm):
    """A tenancy as it begins."""

    outpost = outpost_field()
    kind = forms.ChoiceField(label=_("类型"), choices=TenancyKind.choices)
    project = ProjectField(help_text=_("在孵企业必填；研发点和服务机构空着"))
    organization = forms.CharField(
        label=_("入驻单位"), max_length=160, required=False, help_text=_("写全称；项目的驻点主体或投资方可以空着")
    )
    agreement = forms.ModelChoiceField(
        label=_("入驻协议"), queryset=Agreement.objects.none(), required=False, empty_label="—"
    )
    contract = forms.FileField(label=_("合同扫描件"), required=False, help_text=_("没有登记入驻协议时上传"))
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))
    starts_on = date_field(_("入驻日"), required=True)
    ends_on = date_field(_("入驻止"), required=True, help_text=_("含当日；不得晚于上游租约"))
    units = forms.ModelMultipleChoiceField(label=_("房间或工位"), queryset=Unit.objects.none())
    deposit = MoneyField(label=_("押金"), required=False)
    note = forms.CharField(label=_("备注"), max_length=300, required=False)
    field_order = [
        "outpost", "kind", "project", "organization", "agreement", "contract", "mark_reason", "starts_on", "ends_on",
        "units", "programme", "rent", "forgone", "forgone_until", "forgone_basis", "due_day", "services", "deposit",
        "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outposts = kwargs["outposts"]
        self.fields["units"].queryset = units_to_let(outposts)  # type: ignore[attr-defined]
        agreements = Agreement.objects.filter(
            project__outpost__in=outposts, kind=AgreementKind.TENANCY, voided_at__isnull=True, tenancy__isnull=True
        )
        self.fields["agreement"].queryset = agreements.select_related("project")  # type: ignore[attr-defined]
        self.fields["agreement"].label_from_instance = _agreement_words  # type: ignore[attr-defined]
        self.fields["units"].label_from_instance = unit_words  # type: ignore[attr-defined]


class TermsForm(TermsFields, Form):
    """Other terms from a day on."""

    since = date_field(_("自"), required=True)
    basis = forms.FileField(label=_("依据文件"), required=False)
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))
    reason = forms.CharField(label=_("原因"), max_length=300, help_text=_("如：评审同意升级入加速区"))
    field_order = ["since", "programme", "rent", "forgone", "forgone_until", "forgone_basis", "basis", "mark_reason",
                   "due_day", "services", "reason"]  # fmt: skip


class UnitForm(Form):
    """Leave a unit, take another, or both."""

    on = date_field(_("自哪一天"), required=True)
    leaving = forms.ChoiceField(label=_("退出"), required=False)
    unit = forms.ModelChoiceField(label=_("改用"), queryset=Unit.objects.none(), required=False, empty_label="—")
    reason = forms.CharField(label=_("原因"), max_length=300)

    def __init__(self, *args: Any, tenancy: Tenancy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = tenancy.units.filter(voided_at__isnull=True).select_related("unit").order_by("since")
        self.fields["leaving"].choices = [  # type: ignore[attr-defined]
            ("", "—"), *((each.uid, f"{each.unit.name}（{each.since}—{each.until}）") for each in held)
        ]  # fmt: skip
        self.fields["unit"].queryset = units_to_let([tenancy.outpost])  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = unit_words  # type: ignore[attr-defined]


class ExtendForm(Form):
    """A renewal."""

    ends_on = date_field(_("续到"), required=True, help_text=_("含当日；不得晚于上游租约"))
    paper = forms.FileField(label=_("续签文件"))
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))
    reason = forms.CharField(label=_("原因"), max_length=300)


class ChargeForm(Form):
    """Something due besides rent."""

    kind = forms.ChoiceField(
        label=_("款项"), choices=[each for each in ChargeKind.choices if each[0] != ChargeKind.RENT.value]
    )
    period_from = date_field(_("所属期起"), required=True)
    period_to = date_field(_("所属期止"), required=True)
    due_on = date_field(_("应缴日"), required=True)
    amount = MoneyField(label=_("金额"))
    note = forms.CharField(label=_("备注"), max_length=300, required=False)


class ReceiptForm(Form):
    """Money that came in."""

    received_on = date_field(_("到账日"), required=True)
    amount = MoneyField(label=_("到账金额"))
    voucher = forms.CharField(label=_("凭证号"), max_length=80, required=False)
    file = forms.FileField(label=_("凭证"), required=False)
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))
    note = forms.CharField(label=_("备注"), max_length=300, required=False)


class ExitForm(Form):
    """Asking that a tenancy end."""

    how = forms.ChoiceField(label=_("方式"), choices=TenancyEnd.choices)
    leaves_on = date_field(_("离驻日"), required=True, help_text=_("最后一天，含当日"))
    reason = text_area(_("原因"), required=True)


class DecideForm(Form):
    """The decision that ends it."""

    decided_on = date_field(_("决定日期"), required=True)
    paper = forms.FileField(label=_("签署的决定"), required=False, help_text=_("清退必须上传"))
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))
    in_spite_of = text_area(_("仍有未了结事项时，为什么仍然决定"), rows=2)


class SecondForm(Form):
    """Somebody posted to a research post."""

    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("加密保存，页面默认遮盖"))
    post = forms.CharField(label=_("岗位"), max_length=80, required=False)
    since = date_field(_("派驻起"), required=True)
    insured_at = forms.CharField(label=_("参保地"), max_length=80, required=False, help_text=_("不清楚就空着，问企业"))


class SecondEndForm(Form):
    """Somebody goes home."""

    until = date_field(_("派驻止"), required=True)


class TopicForm(Form):
    """A research topic."""

    title = forms.CharField(label=_("研发课题"), max_length=160)
    since = date_field(_("起"), required=True)
    until = date_field(_("止"))
    cost = MoneyField(label=_("企业账面研发费用"), required=False, help_text=_("用于研发费归集；没有说就空着"))


class TopicCloseForm(Form):
    """A topic that ended."""

    until = date_field(_("结束日"), required=True)
    cost = MoneyField(label=_("企业账面研发费用"), required=False)
    result = forms.CharField(label=_("结果"), max_length=300, required=False)


def units_to_let(outposts: Any) -> Any:
    """Return the units of these outposts that may be let, in the order of the plan."""
    units = Unit.objects.filter(outpost__in=outposts, lettable=True, voided_at__isnull=True)
    return units.select_related("zone").order_by("zone__position", "code")


def unit_words(unit: Unit) -> str:
    """Return how a unit is offered: zone, name, area."""
    area = "" if unit.area_m2 is None else f" {unit.area_m2:g}㎡"
    return f"{unit.zone.name} · {unit.name}{area}"


def _agreement_words(agreement: Agreement) -> str:
    return f"{agreement.project.code} {agreement.project.name} · {agreement.signed_on}"
