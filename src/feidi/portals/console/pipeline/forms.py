"""Forms of the project pages. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.pipeline.enums import (
    AgreementKind,
    ConditionCode,
    InteractionKind,
    ProjectKind,
    SigningMethod,
    Stage,
    Track,
)
from feidi.domain.pipeline.selectors.projects import NO_PLAQUE
from feidi.kernel.identity.models import User
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.ui.forms import Form

YES_NO_UNKNOWN = [("", _("未定")), ("true", _("是")), ("false", _("否"))]
SOURCES = ["展会", "引荐", "走访", "来访", "线上", "小分队", "会议活动", "其他"]


class DateInput(forms.DateInput):
    """A browser date picker that speaks ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def date_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """Return a date field."""
    return forms.DateField(label=label, required=required, widget=DateInput(), help_text=help_text)


def text_area(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


def choice_of_three(label: Any) -> forms.TypedChoiceField:
    """Return yes / no / not said yet; the third is kept apart from "no"."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=YES_NO_UNKNOWN,
        coerce=lambda text: text == "true",
        empty_value=None,
    )


def impression_field() -> forms.TypedChoiceField:
    """Return the first question after a talk: 1 (poor) … 5 (very good), or not asked."""
    words = [("", _("没有问")), *((str(n), str(n)) for n in range(1, 6))]
    return forms.TypedChoiceField(
        label=_("对本地印象如何"),
        required=False,
        choices=words,
        coerce=int,
        empty_value=None,
        help_text=_("1 差，5 很好"),
    )


def concern_field() -> forms.ChoiceField:
    """Return the second question after a talk; its choices are content."""
    return forms.ChoiceField(label=_("最大的顾虑"), required=False, choices=[("", _("没有问"))])


def offer_concerns(form: forms.Form, concerns: Sequence[tuple[str, str]]) -> None:
    """Put content's choices into the second question."""
    field = form.fields["concern"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", _("没有问")), *concerns]


class ProjectForm(Form):
    """The project's own fields; the version travels along so that the second saver sees what changed."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    name = forms.CharField(label=_("项目名称"), max_length=160)
    kind = forms.ChoiceField(label=_("类别"), choices=ProjectKind.choices)
    one_line = forms.CharField(label=_("一句话内容"), max_length=300, required=False)
    industry = forms.CharField(label=_("产业领域"), max_length=120, required=False)
    source_channel = forms.CharField(label=_("线索来源"), max_length=80, required=False)
    referrer = forms.CharField(label=_("引荐人"), max_length=120, required=False)
    first_report_unit = forms.CharField(label=_("首报单位"), max_length=120, required=False)
    first_report_on = date_field(_("首报时间"))
    leader = forms.CharField(label=_("分管领导"), max_length=60, required=False)
    sponsor_place = forms.CharField(label=_("投资方注册地"), max_length=120, required=False)
    planned_investment = MoneyTextField(label=_("计划总投资"), required=False)
    fixed_investment = MoneyTextField(label=_("其中固定资产投资"), required=False)
    expected_output = MoneyTextField(label=_("预计产值"), required=False)
    expected_tax = MoneyTextField(label=_("预计税收"), required=False)
    core_product = text_area(_("核心产品"), rows=2)
    tech_source = text_area(_("技术来源"), rows=2)
    team_size = forms.IntegerField(label=_("团队人数"), required=False, min_value=0)
    land_need = forms.CharField(label=_("需求（用地/厂房㎡）"), max_length=120, required=False)
    office_need = forms.CharField(label=_("需求（办公㎡）"), max_length=120, required=False)
    energy_need = forms.CharField(label=_("用能需求"), max_length=200, required=False)
    eia_class = forms.CharField(label=_("环评类别"), max_length=80, required=False)
    policy_request = text_area(_("政策诉求"), rows=2)
    screening_verdict = forms.CharField(label=_("研判结论"), max_length=200, required=False)
    judged_follow = choice_of_three(_("研判为跟进"))
    feedback_sent_on = date_field(_("已反馈引荐人或投资方"))
    major = choice_of_three(_("重大项目"))
    assessment = text_area(_("项目评估"))
    landing_plan = text_area(_("落地计划"), help_text=_("场地、资金、人员、时间和条件"))
    problems = text_area(_("存在问题"), rows=2)
    coordination = text_area(_("需协调事项"), rows=2)
    next_step = text_area(_("下一步计划"), rows=2)
    expected_sign_on = date_field(_("预计签约时间"))
    remarks = text_area(_("备注"), rows=2)


AMOUNTS = ("planned_investment", "fixed_investment", "expected_output", "expected_tax")


class MoveForm(Form):
    """A move: when it happened, why (where a reason is needed), and 待补 for what early stages may pass."""

    track = forms.ChoiceField(choices=Track.choices, widget=forms.HiddenInput())
    to = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput())
    occurred_on = date_field(_("发生日期"), help_text=_("空着就是今天；早于今天三个工作日以上要写原因"))
    reason = forms.CharField(label=_("说明或原因"), max_length=500, required=False)
    force = forms.BooleanField(label=_("强制推进（须写原因，单独标记，不计入转化率）"), required=False)
    responsible = forms.CharField(label=_("待补责任人"), max_length=60, required=False)
    due_on = date_field(_("待补期限"))


class TalkForm(Form):
    """A talk, call or visit."""

    kind = forms.ChoiceField(label=_("方式"), choices=InteractionKind.choices)
    occurred_on = date_field(_("日期"), required=True)
    people = forms.CharField(label=_("参加人"), max_length=300, required=False, help_text=_("走访、来访必填"))
    summary = text_area(_("内容"), required=True)
    next_step = forms.CharField(label=_("下一步"), max_length=300, required=False)
    impression = impression_field()
    concern = concern_field()
    concern_note = forms.CharField(label=_("对方原话"), max_length=300, required=False)

    def __init__(self, *given: Any, concerns: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        offer_concerns(self, concerns)


class ContactForm(Form):
    """A contact person."""

    name = forms.CharField(label=_("联系人"), max_length=60)
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)


class OpinionForm(Form):
    """One of the opinions and papers that guards ask for."""

    key = forms.ChoiceField(
        label=_("事项"),
        choices=[
            ("committee_minutes", _("评审会或联席会议纪要")),
            ("draft_agreement", _("协议草案")),
            ("legal_opinion", _("合法性审核意见")),
            ("finance_opinion", _("财政意见")),
            ("fair_competition_opinion", _("公平竞争审查意见")),
            ("site_area", _("场地面积已核")),
        ],
    )
    done = forms.TypedChoiceField(
        label=_("结果"), choices=[("yes", _("已有，同意")), ("no", _("不同意"))], coerce=lambda text: text == "yes"
    )
    on = date_field(_("日期"))
    note = forms.CharField(label=_("文号、会议或说明"), max_length=300)


class OwnerForm(Form):
    """The owner."""

    owner = forms.ModelChoiceField(label=_("责任人"), queryset=User.objects.none())

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = users  # type: ignore[attr-defined]


class ConditionForm(Form):
    """A condition over the project."""

    code = forms.ChoiceField(label=_("状态"), choices=ConditionCode.choices)
    reason_code = forms.CharField(label=_("原因类别"), max_length=30, required=False)
    reason = forms.CharField(label=_("原因"), max_length=500)
    since = date_field(_("自"))
    review_on = date_field(_("复查日期"))
    impression = impression_field()
    concern = concern_field()
    concern_note = forms.CharField(label=_("对方原话"), max_length=300, required=False)

    def __init__(self, *given: Any, concerns: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        offer_concerns(self, concerns)


class HomeEntityForm(Form):
    """The firm that registers at home."""

    name = forms.CharField(label=_("落户企业名称"), max_length=160)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=20, required=False)


class AgreementForm(Form):
    """An agreement with its scan and how it was signed."""

    kind = forms.ChoiceField(label=_("协议类型"), choices=AgreementKind.choices)
    signed_on = date_field(_("签约日期"), required=True)
    investor = forms.CharField(label=_("投资方"), max_length=160)
    amount = MoneyTextField(label=_("金额"), required=False, help_text=_("写明单位和币种，如 3000万元、200万美元"))
    adds_capital = forms.BooleanField(label=_("这是增资（上面的金额是增资后的总额，只计增量）"), required=False)
    scan = forms.FileField(label=_("协议扫描件"))
    title = forms.CharField(label=_("协议名称"), max_length=160, required=False)
    occasion = forms.CharField(label=_("签约活动"), max_length=160, required=False)
    method = forms.ChoiceField(label=_("签署方式"), choices=SigningMethod.choices)
    signatory = forms.CharField(label=_("签字人"), max_length=80, required=False)
    authorised = forms.BooleanField(label=_("由授权代表签署（另附授权书）"), required=False)
    originals = forms.IntegerField(label=_("原件份数"), required=False, min_value=0)
    originals_held_by = forms.CharField(label=_("原件由谁保管"), max_length=120, required=False)
    originals_shelf = forms.CharField(label=_("存放位置"), max_length=80, required=False)
    cross_page_seal = choice_of_three(_("骑缝章"))
    seal_approval = forms.CharField(label=_("用印审批号"), max_length=80, required=False)
    home_sealed_on = date_field(_("主办方用印日期"))
    investor_sealed_on = date_field(_("投资方用印日期"))
    certificate_name = forms.CharField(label=_("电子签章证书名称"), max_length=120, required=False)
    term_from = date_field(_("租期起"), help_text=_("入驻协议填写"))
    term_to = date_field(_("租期止"), help_text=_("含当日；不得晚于上游租约到期日"))
    clause_text = text_area(_("协议条款文字"), rows=4, help_text=_("可粘贴全文或有关条款，保存后提示需人工判断的句子"))


class AgreementChangeForm(AgreementForm):
    """The same facts, put right; without another scan the first one stays, and the clauses have a page of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    scan = forms.FileField(label=_("换扫描件"), required=False, help_text=_("空着就保留原来的"))
    clause_text = None  # type: ignore[assignment]  # Django leaves the field out
    change_reason = forms.CharField(label=_("更正原因"), max_length=300)


class EvidenceForm(Form):
    """One item of landing evidence."""

    file = forms.FileField(label=_("文件"), required=False)
    record = forms.CharField(label=_("记录或说明"), max_length=500, required=False)
    occurred_on = date_field(_("证据所载日期"))
    amount = MoneyTextField(label=_("金额"), required=False)
    people = forms.CharField(
        label=_("核查人员"), max_length=300, required=False, help_text=_("现场核查至少两人，用顿号隔开")
    )
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"), max_length=300, required=False, help_text=_("一般留空")
    )


class SignalsForm(Form):
    """Signals beside the evidence: empty means not known, never zero."""

    insured_people = forms.IntegerField(label=_("参保人数"), required=False, min_value=0)
    insured_month = forms.CharField(label=_("参保月份"), max_length=10, required=False)
    paid_in_capital = MoneyTextField(label=_("实缴资本"), required=False)
    invoice_months = forms.IntegerField(label=_("已开票月份数"), required=False, min_value=0)
    address = forms.CharField(label=_("注册地址"), max_length=200, required=False)


class SignedCopyForm(Form):
    """The photographed paper form."""

    file = forms.FileField(label=_("签好的表（照片或扫描件）"))
    signers = forms.CharField(label=_("签字人"), max_length=300, help_text=_("按纸面顺序，用顿号隔开"))
    signed_on = date_field(_("签署日期"), required=True)
    sealed = forms.BooleanField(label=_("已盖章"), required=False)
    note = forms.CharField(
        label=_("二维码无法识别时的说明"), max_length=300, required=False, help_text=_("能识别时不用填")
    )


class FilterForm(Form):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("名称、投资方或编号"), required=False)
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    condition = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), ("none", _("正常推进")), *ConditionCode.choices]
    )
    owner = forms.ModelChoiceField(
        label=_("责任人"), required=False, queryset=User.objects.none(), empty_label=_("全部")
    )
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    show = forms.ChoiceField(
        label=_("另看"),
        required=False,
        choices=[
            ("", _("全部")),
            ("verified", _("经核验落地")),
            ("gaps", _("有待补")),
            ("no_contact", _("缺联系人")),
            ("stale", _("超过14天没动")),
        ],
    )

    def __init__(
        self,
        *args: Any,
        users: Any,
        stages: list[tuple[str, str]],
        plaques: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("全部")), *plaques, (NO_PLAQUE, _("未归牌子"))]
        self.fields["plaque"].choices = offered  # type: ignore[attr-defined]
        self.fields["owner"].queryset = users  # type: ignore[attr-defined]
        self.fields["stage"].choices = [("", _("全部")), *stages]  # type: ignore[attr-defined]
