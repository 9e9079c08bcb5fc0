"""Forms of action plans. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
SHOW = [ALL, ("overdue", _("已逾期")), ("open", _("未完成")), ("silent", _("没有登记过进展"))]


class PlanFilterForm(DailyForm):
    """Which plans the list shows; lives in the address."""

    words = forms.CharField(label=_("计划、文号或任务"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *PlanState.choices])
    outpost = outpost_field(required=False)


class TaskFilterForm(Form):
    """Which tasks of a plan are shown; lives in the address."""

    words = forms.CharField(label=_("任务或举措"), required=False)
    unit = forms.CharField(label=_("牵头或配合单位"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *TaskState.choices])
    show = forms.ChoiceField(label=_("另看"), required=False, choices=SHOW)


class PlanForm(DailyForm):
    """What a plan is called and for which period."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    series = forms.CharField(
        label=_("计划系列"), max_length=40, help_text=_("如：三年行动计划。同一系列的各版、各期排在一起")
    )
    title = forms.CharField(label=_("计划名称"), max_length=160)
    document_number = forms.CharField(label=_("文号"), max_length=80, required=False)
    period_from = date_field(_("计划期起"), required=True)
    period_to = date_field(_("计划期止"), required=True)


class TaskForm(DailyForm):
    """One line of the table."""

    number = forms.CharField(label=_("序号"), max_length=20)
    group = forms.CharField(label=_("类别"), max_length=120, required=False)
    title = forms.CharField(label=_("任务"), max_length=300)
    measure = text_area(_("主要举措"))
    lead_unit = forms.CharField(label=_("牵头单位"), max_length=120, required=False)
    support_units = forms.CharField(label=_("配合单位"), max_length=300, required=False)
    due_on = date_field(_("完成时限"), help_text=_("按这一天计是否逾期"))
    due_text = forms.CharField(
        label=_("时限原文"), max_length=80, required=False, help_text=_("如：2026年底、每年年底前；没有就空着")
    )
    owner = colleague_field(_("本驻点跟进人"))


class TaskChangeForm(TaskForm):
    """The same line, put right; the version travels along so that the second saver is told."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class OwnerForm(DailyForm):
    """Who follows a task up."""

    owner = colleague_field(_("本驻点跟进人"))


class ProgressForm(Form):
    """What was reached; appended, never overwritten."""

    on = date_field(_("日期"), required=True)
    text = text_area(_("进展"), required=True, help_text=_("做了什么、数字多少、下一步；主办单位看得到"))
    percent = forms.IntegerField(label=_("完成比例（%）"), required=False, min_value=0, max_value=100)
    state = forms.ChoiceField(label=_("状态改为"), required=False, choices=[("", _("不变")), *TaskState.choices])
    file = forms.FileField(label=_("佐证材料"), required=False)


class LinkForm(Form):
    """What a task is tied to."""

    code = forms.CharField(label=_("项目编号或会议编号"), max_length=60)


class ImportForm(Form):
    """A table to be read."""

    file = forms.FileField(
        label=_("任务分解表"),
        help_text=_("表头认“序号、任务、主要举措、牵头单位、配合单位、完成时限、进展”等写法；先预览，确认后才写入"),
    )


def initial_of(row: Any, form: type[forms.Form]) -> dict[str, Any]:
    """Return what a form begins with: the row's own values."""
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
