"""Forms of instructions. They read text; what is allowed is the services' question."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.enums import InstructionState
from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

SHOW = [
    ("", _("全部")),
    ("open", _("未办结")),
    ("overdue", _("已过期限")),
    ("week", _("本周到期")),
    ("mine", _("我承办的")),
]


class InstructionFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    no_plaque = _("全部")
    words = forms.CharField(label=_("内容、来源或编号"), required=False)
    state = forms.ChoiceField(label=_("办理状态"), required=False, choices=[("", _("全部")), *InstructionState.choices])
    show = forms.ChoiceField(label=_("另看"), required=False, choices=SHOW)
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    outpost = outpost_field(required=False)
    project = forms.CharField(required=False, widget=forms.HiddenInput())


class InstructionForm(DailyForm):
    """What was handed down, in the writer's own words."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    given_by = forms.CharField(label=_("交办来源"), max_length=120, help_text=_("部门或会议名称；可不写领导姓名"))
    paraphrase = text_area(
        _("交办内容"),
        required=True,
        rows=4,
        help_text=_("用自己的话概括要办什么；不录批示原文，不上传批示件。主办单位看得到这一条"),
    )
    received_on = date_field(_("交办日期"), required=True)
    due_on = date_field(_("反馈期限"))
    owner = colleague_field(_("承办人"))
    support = forms.CharField(label=_("配合单位"), max_length=160, required=False)
    plaque = forms.ChoiceField(label=_("以哪块牌子办理"), required=False)
    project = ProjectField(help_text=_("项目编号或全称；未报送的项目，主办单位只看到“未报送项目”"))


class AnswerForm(Form):
    """What was answered, and when."""

    answer = text_area(_("反馈内容"), required=True, rows=4)
    on = date_field(_("反馈日期"), help_text=_("空着就是今天"))
