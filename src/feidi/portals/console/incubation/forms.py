"""Forms of fostering. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feidi.domain.incubation.enums import MilestoneTrack, ReportState, RequestState, TenantOutcomeKind
from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.selectors.reports import Question
from feidi.domain.incubation.selectors.rules import Named
from feidi.domain.parties.models import Person
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
_MARKED = _("带内部标记的文件为何可以上传")


class MilestoneFilterForm(Form):
    """Which milestones."""

    show = forms.ChoiceField(
        label=_("里程碑"),
        required=False,
        choices=[("open", _("未达成")), ("late", _("逾期")), ("reached", _("已达成")), ("all", _("全部"))],
    )


class MilestoneForm(Form):
    """A step by a day."""

    title = forms.CharField(label=_("里程碑"), max_length=160)
    track = forms.ChoiceField(label=_("在哪一侧"), choices=MilestoneTrack.choices)
    due_on = date_field(_("应达成日"), required=True)


class MoveForm(Form):
    """Another day."""

    due_on = date_field(_("改到"), required=True)
    reason = forms.CharField(label=_("原因"), max_length=300)


class ProofForm(Form):
    """One piece of evidence."""

    file = forms.FileField(label=_("文件"), required=False)
    record = forms.CharField(label=_("记录或说明"), max_length=500, required=False, help_text=_("没有文件时写明依据"))
    occurred_on = date_field(_("证据所载日期"), required=True)
    mark_reason = forms.CharField(label=_MARKED, max_length=300, required=False, help_text=_("一般留空"))


class ReportFilterForm(Form):
    """Which reports."""

    show = forms.ChoiceField(
        label=_("填报"),
        required=False,
        choices=[("late", _("逾期未填")), ("submitted", _("待审")), *ReportState.choices[:1], ("all", _("全部"))],
    )


class AnswerForm(Form):
    """The questions of one report: each as people write it, empty for 还不清楚."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        for each in questions:
            definition = each.definition
            words = definition.question_en if english else definition.question
            self.fields[each.fact] = forms.CharField(
                label=definition.name_en if english else definition.name,
                max_length=120,
                required=False,
                help_text=f"{words}　{_('还不清楚就空着')}",
            )
        self.fields["news"] = text_area(_("本期进展与困难"), rows=3)


class RequestFilterForm(DailyForm):
    """Which services."""

    show = forms.ChoiceField(
        label=_("服务"), required=False, choices=[("open", _("未办结")), *RequestState.choices, ("all", _("全部"))]
    )
    owner = colleague_field(_("经办人"))


class RequestForm(Form):
    """A service asked for."""

    kind = forms.ChoiceField(label=_("服务"))
    what = text_area(_("需要什么"), required=True)

    def __init__(self, *args: Any, services: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        self.fields["kind"].choices = [(each.code, each.en if english else each.zh) for each in services]  # type: ignore[attr-defined]


class TakeForm(DailyForm):
    """Who sees to it."""

    owner = colleague_field(_("经办人"), required=True, empty_label=None)
    provider = forms.CharField(label=_("承办机构"), max_length=160, required=False, help_text=_("自己办的空着"))


class EndForm(Form):
    """What came of it."""

    delivered = forms.ChoiceField(label=_("结果"), choices=[("yes", _("已办结")), ("no", _("不能办理"))])
    result = text_area(_("办了什么，或为什么不能办"), required=True)


class VisitForm(Form):
    """We were there."""

    visited_on = date_field(_("走访日期"), required=True)
    people_seen = forms.IntegerField(label=_("见到几人在办公"), min_value=0, max_value=9999, required=False)
    announced = forms.BooleanField(label=_("事先约好"), required=False, initial=True)
    note = text_area(_("情况"), required=True)


class MentorForm(DailyForm):
    """Somebody becomes a mentor."""

    outpost = outpost_field()
    person = forms.ModelChoiceField(
        label=_("人员"),
        queryset=Person.objects.none(),
        empty_label=_("输入姓名查找"),
        widget=forms.Select(attrs={"data-search": True}),
        help_text=_("可输入姓名、单位查找；名单里没有的，先在项目或人才里登记"),
    )
    fields_of = forms.CharField(label=_("领域"), max_length=200)
    user = colleague_field(_("登录账号"), help_text=_("导师自己管理时段时选"))
    since = date_field(_("起"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(outpost__in=kwargs["outposts"], voided_at__isnull=True)
        offered: Any = self.fields["person"]
        offered.queryset = people.select_related("organization").order_by("name", "id")
        offered.label_from_instance = _who


def _who(person: Person) -> str:
    """Return a person as the list tells two of one name apart: name, title, unit."""
    unit = person.organization.name if person.organization else ""
    return " ".join(part for part in (person.name, person.title, unit) if part)


class HoursForm(Form):
    """A row of hours on one day."""

    on = date_field(_("日期"), required=True)
    begins = forms.TimeField(label=_("从"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("到"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(label=_("每段几分钟"), min_value=10, max_value=240, initial=60)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)


class TakeHourForm(Form):
    """An hour for a tenant."""

    tenancy = forms.ModelChoiceField(label=_("企业"), queryset=Tenancy.objects.none())
    topic = forms.CharField(label=_("想请教什么"), max_length=300)

    def __init__(self, *args: Any, tenancies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tenancy"].queryset = tenancies  # type: ignore[attr-defined]
        self.fields["tenancy"].label_from_instance = lambda row: f"{row.organization.name} {row.number}"  # type: ignore[attr-defined]


class HoldForm(Form):
    """Whether an hour took place."""

    held = forms.ChoiceField(label=_("是否如约"), choices=[("yes", _("如约")), ("no", _("没有来"))])
    note = forms.CharField(label=_("谈了什么"), max_length=500, required=False)


class OutcomeFilterForm(Form):
    """Which results."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100, required=False)


class OutcomeForm(Form):
    """A result."""

    kind = forms.ChoiceField(label=_("成果"), choices=TenantOutcomeKind.choices)
    title = forms.CharField(label=_("名称"), max_length=200)
    dated_on = date_field(_("日期"), required=True, help_text=_("证书、合同或到账的日期"))
    amount = MoneyField(label=_("金额"), required=False)


class StatisticsForm(Form):
    """The figures that only people know, in the units of the form."""

    def __init__(self, *args: Any, typed: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in typed:
            self.fields[code] = forms.IntegerField(label=label, min_value=0, required=False)
        self.fields["note"] = forms.CharField(label=_("说明"), max_length=300, required=False)
