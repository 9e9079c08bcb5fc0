"""Forms of trips. They read text; what is allowed is the services' question."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.enums import TripKind
from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
SHOW = [ALL, ("coming", _("进行中和将来的")), ("past", _("已结束")), ("no_result", _("已结束，没写成效"))]


class TripFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("名称、地点或事项"), required=False)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[ALL, *TripKind.choices])
    show = forms.ChoiceField(label=_("另看"), required=False, choices=SHOW)
    owner = colleague_field(_("负责人"), empty_label=_("全部"))
    outpost = outpost_field(required=False)
    project = forms.CharField(required=False, widget=forms.HiddenInput())


class TripForm(DailyForm):
    """When, who, how. Of expenses only the approval number and how many guests."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("类型"), choices=TripKind.choices)
    title = forms.CharField(label=_("名称"), max_length=160, help_text=_("如：赴滨海招商、云溪企业家代表团来访"))
    starts_on = date_field(_("开始日期"), required=True)
    ends_on = date_field(_("结束日期"), required=True)
    owner = colleague_field(_("负责人"))
    members = text_area(
        _("人员名单"), rows=6, help_text=_("一行一人：姓名 单位 职务；可以整段粘贴。不写手机号和证件号")
    )
    leader = forms.CharField(
        label=_("带队领导"), max_length=80, required=False, help_text=_("只有本驻点看得到；结束30天后只留姓氏")
    )
    received_by = forms.CharField(label=_("接待方"), max_length=120, required=False)
    transport = forms.CharField(label=_("交通"), max_length=200, required=False)
    lodging = forms.CharField(label=_("住宿"), max_length=200, required=False)
    approval_number = forms.CharField(
        label=_("审批号"), max_length=80, required=False, help_text=_("只记审批号和人数，不记费用")
    )
    guests = forms.IntegerField(label=_("来宾人数"), required=False, min_value=0, max_value=9999)


class StopForm(DailyForm):
    """One stop of the itinerary, and what came of it."""

    on = date_field(_("日期"), required=True)
    at = forms.CharField(label=_("时间"), max_length=20, required=False, help_text=_("如：9:30、下午"))
    place = forms.CharField(label=_("地点"), max_length=160, required=False)
    what = forms.CharField(label=_("事项"), max_length=200)
    meets = forms.CharField(
        label=_("会见双方"), max_length=300, required=False, help_text=_("空着就按人员名单记入项目往来")
    )
    project = ProjectField(help_text=_("填了项目编号，就可以一键记入项目往来"))
    result = forms.CharField(label=_("结果"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class StopChangeForm(StopForm):
    """The same, put right; the version travels along so that the second of two travellers is told."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class ResultForm(Form):
    """What came of the whole trip."""

    result = text_area(_("成效"), required=True, rows=5, help_text=_("谈成了什么，下一步谁来跟"))
