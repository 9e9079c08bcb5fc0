"""Forms of the service counter: as few fields as can be."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field

SHOW = [("", _("全部")), ("open", _("未办结")), ("mine", _("我接待或转给我的"))]


class VisitForm(DailyForm):
    """Thirty seconds: what was asked is enough."""

    outpost = outpost_field()
    asked = forms.CharField(
        label=_("来问什么"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
    )
    visitor = forms.CharField(label=_("来访人"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("加密保存，页面只显示前三后四位"),
    )
    unit = forms.CharField(label=_("单位"), max_length=160, required=False)
    handed_to = colleague_field(_("转给同事"), help_text=_("空着就由登记人（首问负责人）自己办"))
    handed_to_text = forms.CharField(label=_("或转给部门、窗口"), max_length=80, required=False)


class HandForm(DailyForm):
    """To whom the entry goes."""

    to = colleague_field(_("转给同事"))
    to_text = forms.CharField(label=_("或转给部门、窗口"), max_length=80, required=False)


class VisitFilterForm(DailyForm):
    """What the register shows; lives in the address."""

    words = forms.CharField(label=_("事项、来访人或单位"), required=False)
    since = date_field(_("自"))
    until = date_field(_("至"))
    show = forms.ChoiceField(label=_("另看"), required=False, choices=SHOW)
    outpost = outpost_field(required=False)
