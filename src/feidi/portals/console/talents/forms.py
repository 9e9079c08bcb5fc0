"""Forms of talents. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.talent.enums import (
    Acceptance,
    ContractKind,
    GivenHow,
    Origin,
    PaperKind,
    SalaryPer,
    Whereabouts,
)
from feidi.domain.talent.selectors.catalogue import Catalogue, Classes
from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.console.talents.wording import said
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
NOT_SAID = ("", _("未说明"))
_MARKED = _("带内部标记的文件为何可以上传")


def _scan(label: Any, *, required: bool = False, help_text: Any = "") -> forms.FileField:
    return forms.FileField(label=label, required=required, help_text=help_text)


def _marked() -> forms.CharField:
    return forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))


def _where(label: Any, *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[NOT_SAID, *Whereabouts.choices], help_text=help_text)


class TalentFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("姓名、编号、专业或单位"), required=False)
    works_at = forms.ChoiceField(
        label=_("在哪里工作"), required=False, choices=[ALL, *Whereabouts.choices, ("unknown", _("未说明"))]
    )
    show = forms.ChoiceField(
        label=_("范围"), required=False, choices=[("live", _("在库")), ("erased", _("已删除")), ("all", _("全部"))]
    )
    outpost = outpost_field(required=False)


class WorkForm(Form):
    """What somebody does and where."""

    field = forms.CharField(label=_("专业领域"), max_length=80, required=False)
    employer = forms.CharField(label=_("用人单位"), max_length=160, required=False, help_text=_("写单位全称"))
    works_at = _where(_("在哪里工作"), help_text=_("在驻点工作不等于在本地工作；不清楚就选“未说明”"))
    work_place = forms.CharField(label=_("工作地点"), max_length=120, required=False)
    insured_at = _where(_("在哪里参保"))
    insured_place = forms.CharField(label=_("参保地"), max_length=120, required=False)
    since = date_field(_("何时到岗"))


class ConsentForm(Form):
    """A consent: the text was read; how it was given, until when data is kept."""

    purpose = forms.ChoiceField(label=_("同意的用途"))
    given_how = forms.ChoiceField(label=_("怎样同意的"), choices=GivenHow.choices)
    given_on = date_field(_("同意日期"), required=True)
    keep_until = date_field(_("保存到"), help_text=_("不填按同意书写的年限"))
    paper = _scan(_("签字页"), help_text=_("纸面签字的必须上传；文件名不保留"))
    mark_reason = _marked()

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.code, said(each.label_zh, each.label_en)) for each in catalogue.consents]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]


class TalentForm(DailyForm, WorkForm):
    """A person with their consent to the service; the number and the telephone are sealed on saving."""

    outpost = outpost_field()
    name = forms.CharField(label=_("姓名"), max_length=60)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    origin = forms.ChoiceField(label=_("身份"), choices=Origin.choices, help_text=_("各有各的同意书文字"))
    phone = forms.CharField(label=_("电话"), max_length=40, required=False, help_text=_("加密保存，页面只显示掩码"))
    paper_kind = forms.ChoiceField(label=_("证件"), required=False, choices=[NOT_SAID, *PaperKind.choices])
    paper_number = forms.CharField(
        label=_("证件号码"), max_length=40, required=False, help_text=_("加密保存，页面只显示掩码")
    )
    given_how = forms.ChoiceField(label=_("怎样同意的"), choices=GivenHow.choices)
    given_on = date_field(_("同意日期"), required=True)
    paper = _scan(_("签字页"), help_text=_("纸面签字的必须上传；文件名不保留"))
    mark_reason = _marked()

    field_order = (
        "outpost",
        "name",
        "title",
        "origin",
        "phone",
        "paper_kind",
        "paper_number",
        "given_how",
        "given_on",
        "paper",
    )


class AccountForm(Form):
    """Which account sees this talent's own case."""

    login = forms.CharField(label=_("账号"), max_length=150, help_text=_("先由管理员开账号并给“人才”角色"))


class DataRequestForm(Form):
    """How a request was made."""

    how = forms.ChoiceField(label=_("怎样提出的"), choices=GivenHow.choices)


class AgreementForm(DailyForm):
    """委托处理协议."""

    outpost = outpost_field()
    handler = forms.CharField(label=_("委托方（主办单位）"), max_length=160)
    processor = forms.CharField(label=_("受托方（运营单位）"), max_length=160)
    purposes = text_area(_("委托处理的目的和范围"), required=True, rows=4)
    signed_on = date_field(_("签订日期"), required=True)
    starts_on = date_field(_("起"), required=True)
    ends_on = date_field(_("止"), help_text=_("协议没有写就空着"))
    paper = _scan(_("协议扫描件"))
    mark_reason = _marked()


class QuestionForm(Form):
    """What else the home side should know."""

    question = forms.CharField(label=_("补充说明"), max_length=300, required=False, help_text=_("不要写证件号码和电话"))


class RulingForm(Form):
    """The ruling: a class, or none, and on what basis."""

    class_code = forms.ChoiceField(label=_("裁定"), required=False)
    basis = forms.CharField(label=_("依据"), max_length=300, help_text=_("依哪一条、凭什么材料"))
    paper = _scan(_("裁定书"))
    mark_reason = _marked()

    def __init__(self, *args: Any, classes: Classes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(each.code, said(each.label_zh, each.label_en)) for each in classes.classes]
        self.fields["class_code"].choices = [("", _("不予认定")), *offered]  # type: ignore[attr-defined]


class ProofForm(Form):
    """One piece of evidence."""

    file = _scan(_("文件"), help_text=_("参保证明只交人数和月份，不交名单；文件名不保留"))
    record = forms.CharField(label=_("记录或说明"), max_length=500, required=False, help_text=_("不写姓名和证件号码"))
    occurred_on = date_field(_("证据所载日期"), required=True)
    mark_reason = _marked()


class PositionFilterForm(DailyForm):
    """What the list shows."""

    words = forms.CharField(label=_("岗位、编号或单位"), required=False)
    show = forms.ChoiceField(
        label=_("范围"), required=False, choices=[("open", _("在招")), ("closed", _("已关闭")), ("all", _("全部"))]
    )
    outpost = outpost_field(required=False)


class PositionForm(DailyForm):
    """A position; a salary is a band or unknown."""

    outpost = outpost_field()
    organization = forms.CharField(label=_("用人单位"), max_length=160, help_text=_("写单位全称"))
    title = forms.CharField(label=_("岗位"), max_length=120)
    needs = text_area(_("要求"), rows=4)
    field = forms.CharField(label=_("专业领域"), max_length=80, required=False)
    works_at = _where(_("在哪里工作"))
    work_place = forms.CharField(label=_("工作地点"), max_length=120, required=False)
    wanted = forms.IntegerField(label=_("人数"), initial=1, min_value=1, max_value=999)
    lo = MoneyField(label=_("薪酬下限"), required=False, help_text=_("如 2万元；不知道就空着"))
    hi = MoneyField(label=_("薪酬上限"), required=False)
    per = forms.ChoiceField(label=_("薪酬按"), required=False, choices=[NOT_SAID, *SalaryPer.choices])
    project = ProjectField()


class ContractForm(Form):
    """双聘、柔性引才."""

    home_unit = forms.CharField(label=_("原单位"), max_length=160, help_text=_("写单位全称"))
    kind = forms.ChoiceField(label=_("方式"), choices=ContractKind.choices)
    works_at = _where(_("在哪里工作"))
    insured_at = _where(_("在哪里参保"))
    starts_on = date_field(_("合同起"), required=True)
    ends_on = date_field(_("合同止"), required=True)
    days_agreed = forms.IntegerField(
        label=_("每月约定到岗天数"), required=False, min_value=1, max_value=31, help_text=_("合同没有写就空着")
    )
    note = forms.CharField(label=_("备注"), max_length=300, required=False)


class MonthForm(Form):
    """Days present in a month."""

    month = date_field(_("月份（写当月任何一天）"), required=True)
    days = forms.IntegerField(label=_("到岗天数"), min_value=0, max_value=31)


class BenefitForm(Form):
    """Whether a benefit accepts the contract."""

    clause = forms.CharField(label=_("条款代码"), max_length=40, help_text=_("政策库里的代码"))
    answer = forms.ChoiceField(label=_("是否接受"), required=False, choices=[("", _("未知")), *Acceptance.choices])
    basis = forms.CharField(label=_("依据"), max_length=300, required=False, help_text=_("谁答复的、何时"))


class CaseFilterForm(DailyForm):
    """What the list shows."""

    words = forms.CharField(label=_("回执号、姓名或事项"), required=False)
    show = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[("open", _("办理中")), ("delivered", _("待确认")), ("over", _("已了结")), ("all", _("全部"))],
    )
    officer = colleague_field(_("经办人"))
    outpost = outpost_field(required=False)


class CaseForm(DailyForm):
    """Which services; the child only where one of them needs it."""

    services = forms.MultipleChoiceField(label=_("办理事项"), widget=forms.CheckboxSelectMultiple())
    officer = colleague_field(_("经办人"), required=True)
    opened_on = date_field(_("受理日期"), required=True)
    child_name = forms.CharField(
        label=_("子女姓名"), max_length=60, required=False, help_text=_("只有子女就学才填，加密保存；须监护人单独同意")
    )
    child_born = forms.CharField(label=_("子女出生年月"), max_length=20, required=False)
    child_wish = forms.CharField(label=_("就读意愿"), max_length=120, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.code, said(each.label_zh, each.label_en)) for each in catalogue.services]
        self.fields["services"].choices = choices  # type: ignore[attr-defined]


class TellForm(Form):
    """All that is missing, told once."""

    missing = text_area(_("缺哪些材料"), required=True, rows=5, help_text=_("一行一样，只告知一次，写全"))
    on = date_field(_("告知日期"), required=True)


class PauseForm(Form):
    """What the applicant is to answer."""

    note = forms.CharField(label=_("等申请人答复什么"), max_length=300)
    on = date_field(_("从哪天起等"), required=True)


class DayForm(Form):
    """A day."""

    on = date_field(_("日期"), required=True)


class HandOffForm(Form):
    """交件 to a department."""

    department = forms.CharField(label=_("交给哪个部门"), max_length=120)
    what = forms.CharField(label=_("交出的材料"), max_length=300, help_text=_("向部门提供的个人材料逐样写明"))
    handed_on = date_field(_("交件日期"), required=True)
    contact = forms.CharField(label=_("部门联系人"), max_length=80, required=False)
    acceptance_number = forms.CharField(label=_("受理号"), max_length=80, required=False)
    receipt = _scan(_("回执照片"))
    mark_reason = _marked()


class AnswerForm(Form):
    """What the department said."""

    answer = forms.CharField(label=_("部门答复"), max_length=300)
    on = date_field(_("答复日期"), required=True)


class FinishForm(Form):
    """What came of an item."""

    done = forms.ChoiceField(label=_("结果"), choices=[("yes", _("办成了")), ("no", _("部门未批准"))])
    result = forms.CharField(label=_("办成了什么，或未批准的理由"), max_length=300)
    on = date_field(_("办结日期"), required=True)


def lines_of(text: Any) -> Sequence[str]:
    """Return the lines of a text area that say something."""
    return [each.strip() for each in str(text or "").splitlines() if each.strip()]
