"""What is asked of 遴选, and what somebody says of one project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form

ASK, EXPERIENCE, ASSUMED = "", "experience", "assumed"


class QuestionForm(Form):
    """Aim and limits. Nothing of it is stored."""

    outpost = forms.ChoiceField(label=_("驻点"), required=False)
    at_least = forms.IntegerField(label=_("至少落地几个"), min_value=1, max_value=50, required=False)
    confidence = forms.FloatField(label=_("把握（%）"), min_value=1, max_value=99.9, required=False)
    area = forms.FloatField(label=_("场地合计（㎡）"), min_value=0, required=False)
    budget = MoneyField(label=_("费用合计"), required=False)
    per_sector = forms.IntegerField(label=_("每个行业至多"), min_value=1, max_value=99, required=False)
    at_most = forms.IntegerField(label=_("至多选几个"), min_value=1, max_value=99, required=False)
    untold = forms.ChoiceField(
        label=_("没人填把握的项目"),
        choices=[
            (ASK, _("不选，列出要问的")),
            (EXPERIENCE, _("按本驻点以往案例试算")),
            (ASSUMED, _("按下面的把握试算")),
        ],
        required=False,
    )
    assumed = forms.FloatField(label=_("试算的把握（%）"), min_value=0, max_value=100, required=False)

    def __init__(self, *args: Any, outposts: Sequence[Outpost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].choices = [(each.code, each.short_name) for each in outposts]  # type: ignore[attr-defined]
        if len(outposts) == 1:
            self.fields["outpost"].widget = forms.HiddenInput()


class ChanceForm(Form):
    """What is known of one project's chance: so many of so many cases, or an estimate; its area; its cost."""

    successes = forms.IntegerField(label=_("同类案例中落地几个"), min_value=0, required=False)
    cases = forms.IntegerField(
        label=_("同类案例共几个"),
        min_value=1,
        required=False,
        help_text=_("案例少，范围就宽：3 个里成 2 个不等于六成七"),
    )
    lo = forms.FloatField(
        label=_("或估计：最低（%）"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("只写一个数就是一个点，没有范围；案例和估计只写一种"),
    )
    hi = forms.FloatField(label=_("估计：最高（%）"), min_value=0, max_value=100, required=False)
    area_m2 = forms.IntegerField(label=_("要占驻点场地（㎡）"), min_value=1, required=False)
    cost = MoneyField(label=_("培育费用"), required=False)
    note = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("凭什么这样估计，案例从哪里来；连同姓名和时间一起留存")
    )
