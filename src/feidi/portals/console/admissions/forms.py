"""Forms of admission. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.incubation.admission_enums import ApplicationState, Verdict
from feidi.domain.incubation.selectors.admission_rules import Question, Said
from feidi.domain.parties.models import Outpost
from feidi.domain.space.models import Unit
from feidi.kernel.identity.models import User
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.console.tenancies.forms import TermsFields, unit_words, units_to_let
from feidi.portals.console.words import say, say_pair
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
SHOW = [("open", _("办理中")), ("over", _("已办结")), ("all", _("全部"))]
ASK = "ask_"


class ApplicationFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("受理号或项目"), required=False)
    show = forms.ChoiceField(label=_("范围"), required=False, choices=SHOW)
    state = forms.ChoiceField(label=_("走到哪一步"), required=False, choices=[ALL, *ApplicationState.choices])
    officer = colleague_field(_("服务专员"))
    outpost = outpost_field(required=False)


class AcceptForm(DailyForm):
    """Who takes it up, and whether the project is registered already."""

    officer = colleague_field(_("服务专员"), required=True)
    project = ProjectField(label=_("已有的项目（没有就空着，受理时新登记）"))
    not_a_duplicate = forms.BooleanField(label=_("与提示的疑似重复不是同一个项目"), required=False)


class AnswerForm(DailyForm):
    """Who rings the applicant; why an answer given before is replaced."""

    officer = colleague_field(_("谁给申请人打电话"), required=True)
    reason = forms.CharField(label=_("更换原因（第一次出具时空着）"), max_length=300, required=False)


class CompletionForm(Form):
    """What is missing, question by question. Only what is filled in is told."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in questions:
            self.fields[f"{ASK}{each.code}"] = forms.CharField(label=say(each.label), max_length=200, required=False)

    def items(self) -> dict[str, str]:
        """Return question → what about it."""
        return {name.removeprefix(ASK): text for name, text in self.cleaned_data.items() if text}


class ReviewForm(Form):
    """Who is asked to judge, and by when."""

    judges = forms.ModelMultipleChoiceField(
        label=_("评委"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = date_field(_("评分截止"), help_text=_("空着按内容里的工作日数"))

    def __init__(self, *args: Any, judges: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judges"].queryset = judges  # type: ignore[attr-defined]


class JudgeForm(Form):
    """One more judge."""

    judge = forms.ModelChoiceField(label=_("评委"), queryset=User.objects.none())

    def __init__(self, *args: Any, judges: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judge"].queryset = judges  # type: ignore[attr-defined]


class ScoreForm(Form):
    """Points for every criterion of the panel."""

    def __init__(self, *args: Any, criteria: Iterable[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in criteria:
            label = f"{say_pair(each['zh'], each['en'])}（{each['weight']}）"
            self.fields[each["code"]] = forms.CharField(
                label=label,
                max_length=6,
                required=False,
                help_text=say_pair(each["look_zh"], each["look_en"]),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        self.fields["remark"] = text_area(_("意见"))


class CloseForm(Form):
    """The panel's opinion in words."""

    opinion = text_area(_("评审意见"), help_text=_("写进项目评估；可以空着"))


class DecisionForm(Form):
    """What is decided, why, and what the applicant is told."""

    verdict = forms.ChoiceField(label=_("决定"), choices=Verdict.choices, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(label=_("理由"), required=False, widget=forms.CheckboxSelectMultiple)
    feedback = text_area(_("告知申请人的话"), help_text=_("不予入驻必须写：为什么，怎样改进；申请人看得到"))
    place = forms.CharField(label=_("拟安排的工位或房间"), max_length=160, required=False)

    def __init__(self, *args: Any, reasons: Mapping[str, Said], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [(code, say(label)) for code, label in reasons.items()]  # type: ignore[attr-defined]


class SignForm(TermsFields, Form):
    """The tenancy agreement as it was signed, and with it, in the same step, rooms and terms where they are agreed."""

    signed_on = date_field(_("签约日期"), required=True)
    investor = forms.CharField(label=_("签约的企业或团队"), max_length=160)
    amount = MoneyTextField(label=_("金额"), required=False, help_text=_("没有写金额就空着"))
    scan = forms.FileField(label=_("协议扫描件"), required=False)
    term_from = date_field(_("租期起"))
    term_to = date_field(_("租期止"), help_text=_("含当日；不得晚于上游租约到期日"))
    signatory = forms.CharField(label=_("签字人"), max_length=80, required=False)
    clause_text = text_area(_("协议条款文字"), rows=4, help_text=_("可粘贴有关条款，保存后提示需人工判断的句子"))
    units = forms.ModelMultipleChoiceField(
        label=_("房间或工位"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("现在就定了就选上，同时登记入驻；还没定就空着，以后在“入驻”登记"),
    )
    deposit = MoneyField(label=_("押金"), required=False)
    field_order = [
        "signed_on", "investor", "amount", "scan", "term_from", "term_to", "signatory", "clause_text", "units",
        "programme", "rent", "forgone", "forgone_until", "forgone_basis", "due_day", "services", "deposit",
    ]  # fmt: skip

    def __init__(self, *args: Any, outpost: Outpost, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units_to_let([outpost])  # type: ignore[attr-defined]
        self.fields["units"].label_from_instance = unit_words  # type: ignore[attr-defined]
        for name in ("programme", "due_day"):
            self.fields[name].required = False

    @override
    def clean(self) -> dict[str, Any]:
        """A room is let from a day to a day."""
        given = super().clean() or self.cleaned_data
        for name in ("term_from", "term_to", "programme", "due_day"):
            if given.get("units") and not given.get(name) and name not in self.errors:
                self.add_error(name, _("选了房间就要填写。"))
        return given
