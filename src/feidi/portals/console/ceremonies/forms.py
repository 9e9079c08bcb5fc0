"""Forms of signing ceremonies. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.models import CeremonyItem
from feidi.domain.liaison.selectors.ceremonies import agreements_of_day
from feidi.domain.pipeline.models import Agreement
from feidi.portals.console.daily import DailyForm, ProjectField, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form


class CeremonyFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("名称、地点或项目"), required=False)
    outpost = outpost_field(required=False)
    project = forms.CharField(required=False, widget=forms.HiddenInput())


class CeremonyForm(DailyForm):
    """What, when, where, and the host's words."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    title = forms.CharField(label=_("名称"), max_length=160, help_text=_("主办单位看得到；不写未报送项目的名称"))
    held_on = date_field(_("签约日期"), required=True)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    projects = text_area(
        _("签约项目"), rows=6, help_text=_("一行一个项目编号，可以整段粘贴；先后就是签约顺序，之后可调整")
    )
    script = text_area(_("主持词"), rows=8, help_text=_("空着就按名单自动起草"))


class ItemForm(DailyForm):
    """One more project on the list."""

    project = ProjectField(label=_("项目"), required=True, help_text=_("项目编号或全称"))
    signatories = forms.CharField(label=_("签约人"), max_length=200, required=False)
    seat_cards = forms.CharField(label=_("席卡"), max_length=200, required=False, help_text=_("几个名字用顿号隔开"))


class ItemEditForm(Form):
    """Who signs, which cards, which agreement of that day; the version travels along so that the second saver is told."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    signatories = forms.CharField(label=_("签约人"), max_length=200, required=False)
    seat_cards = forms.CharField(label=_("席卡"), max_length=200, required=False, help_text=_("几个名字用顿号隔开"))
    agreement = forms.ModelChoiceField(
        label=_("当天签的协议"),
        required=False,
        queryset=Agreement.objects.none(),
        empty_label=_("没有，或还没登记"),
        help_text=_("只列签约日当天登记的协议；此前已签过的不用选，名单上自动显示“已计”"),
    )

    def __init__(self, *args: Any, item: CeremonyItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["agreement"]
        offered.queryset = agreements_of_day(item)
        offered.label_from_instance = _agreement_name


def _agreement_name(row: Agreement) -> str:
    return " ".join(part for part in (str(row.get_kind_display()), row.amount_text, row.title) if part)
