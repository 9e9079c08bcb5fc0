"""Forms of coordination. They read text; what is allowed is the services' question."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.enums import CoordinationState, CoordinationWay
from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
SIDES = [("home", _("主办地一侧")), ("host", _("驻点所在地一侧"))]
SHOW = [ALL, ("waiting", _("等别人答复")), ("overdue", _("已过希望答复日期")), ("mine", _("我经办的"))]


class CoordinationFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("部门、事项或文号"), required=False)
    state = forms.ChoiceField(label=_("协调状态"), required=False, choices=[ALL, *CoordinationState.choices])
    way = forms.ChoiceField(label=_("方式"), required=False, choices=[ALL, *CoordinationWay.choices])
    side = forms.ChoiceField(label=_("哪一侧"), required=False, choices=[ALL, *SIDES])
    show = forms.ChoiceField(label=_("另看"), required=False, choices=SHOW)
    outpost = outpost_field(required=False)
    project = forms.CharField(required=False, widget=forms.HiddenInput())


class CoordinationForm(DailyForm):
    """What is asked of which department."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    department = forms.CharField(label=_("协调部门"), max_length=120, help_text=_("函的主送单位，写全称"))
    side = forms.ChoiceField(label=_("哪一侧"), choices=SIDES)
    way = forms.ChoiceField(label=_("方式"), choices=CoordinationWay.choices)
    ask = text_area(_("协调事项"), required=True, rows=4, help_text=_("请对方办什么；发函时就是函的正文"))
    contact = forms.CharField(label=_("对方联系人"), max_length=80, required=False)
    due_on = date_field(_("希望答复日期"))
    owner = colleague_field(_("经办人"))
    project = ProjectField(help_text=_("项目编号或全称；函里会写项目名称"))


class AskForm(Form):
    """When it was sent or said."""

    asked_on = date_field(_("发出或沟通日期"), required=True)
    letter_number = forms.CharField(
        label=_("发文字号"), max_length=60, required=False, help_text=_("发函必填，如：云滨函〔2026〕3号")
    )


class CoordinationAnswerForm(Form):
    """What the department answered."""

    answer = text_area(_("答复内容"), required=True, rows=4)
    answered_on = date_field(_("答复日期"), required=True)
    receipt = forms.CharField(label=_("受理号、回执号"), max_length=80, required=False)
    file = forms.FileField(label=_("复函或回执照片（可选）"), required=False)
