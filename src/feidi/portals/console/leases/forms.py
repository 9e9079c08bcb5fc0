"""Forms of head leases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.space.enums import RentBasis
from feidi.portals.console.pipeline.forms import choice_of_three, date_field
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form


class LeaseForm(Form):
    """One head lease."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)
    landlord = forms.CharField(label=_("出租方"), max_length=160)
    premises = forms.CharField(label=_("场地"), max_length=200, help_text=_("楼栋、楼层、房号"))
    area_m2 = forms.DecimalField(label=_("面积（㎡）"), required=False, min_value=0, max_digits=10, decimal_places=2)
    starts_on = date_field(_("租期起"), required=True)
    ends_on = date_field(_("租期止"), required=True, help_text=_("含当日；入驻协议不得晚于这一天"))
    rent = MoneyField(
        label=_("每月租金"), required=False, help_text=_("写明币种，如 92000元；按面积计租时写每平方米的数")
    )
    basis = forms.ChoiceField(label=_("租金按"), choices=RentBasis.choices)
    deposit = MoneyField(label=_("押金"), required=False)
    sublet = choice_of_three(_("合同允许转租或分租"))
    sublet_clause = forms.CharField(label=_("转租条款"), max_length=300, required=False)
    fit_out = forms.CharField(label=_("装修责任"), max_length=200, required=False)
    fire_safety = forms.CharField(label=_("消防责任"), max_length=200, required=False)
    note = forms.CharField(label=_("备注"), max_length=300, required=False)
    document = forms.FileField(label=_("租赁合同扫描件"), required=False)
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"), max_length=300, required=False, help_text=_("一般留空")
    )

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        if outposts.count() == 1:
            self.fields["outpost"].initial = outposts.first()
            self.fields["outpost"].widget = forms.HiddenInput()


class LeaseFilterForm(Form):
    """What the list shows."""

    show = forms.ChoiceField(label=_("租约"), required=False, choices=[("", _("全部")), ("current", _("未到期"))])
