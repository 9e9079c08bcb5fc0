"""Forms of yearly re-verification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.pipeline.enums import RecheckAnswer
from feidi.domain.pipeline.models import LandingRecheck
from feidi.domain.pipeline.selectors.rechecks import Due, address_of, name_of
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form

if TYPE_CHECKING:
    _Choice = forms.ModelMultipleChoiceField[LandingRecheck]
else:  # Django's class takes no parameter at run time
    _Choice = forms.ModelMultipleChoiceField

DUE = {
    Due.TO_ASK: _("待发起确认"),
    Due.ASKED: _("镇街待答"),
    Due.TO_CONFIRM: _("待主办方确认"),
    Due.CONFIRMED: _("已确认"),
    Due.SUGGEST_REVOKE: _("不在，建议撤销核验"),
    Due.LATER: _("未到期"),
}


class RecheckFilterForm(Form):
    """What the list shows."""

    words = forms.CharField(label=_("企业或项目"), required=False)
    year = forms.IntegerField(label=_("到期年份"), required=False, min_value=2000, max_value=2100)
    township = forms.CharField(label=_("镇街"), required=False)
    show = forms.ChoiceField(
        label=_("情况"), required=False, choices=[("", _("全部")), ("due", _("到期未确认")), *DUE.items()]
    )


class _Firms(_Choice):
    """Landings to ask about, each with its address, so that the township is chosen by the eye."""

    @override
    def label_from_instance(self, obj: LandingRecheck) -> str:
        """Return the firm, its address and which year it is."""
        return f"{name_of(obj.case)}　{address_of(obj.case)}　（第 {obj.n} 年，{obj.due_on}）"


class RoundForm(Form):
    """One township's round of a year."""

    township = forms.CharField(label=_("镇街"), max_length=80)
    contact = forms.CharField(label=_("发给谁"), max_length=80, required=False, help_text=_("只作提醒，不发送任何消息"))
    expires_on = date_field(_("链接到期日"), help_text=_("空着按本区规定的天数"))
    firms = _Firms(
        label=_("请镇街确认的企业"),
        queryset=LandingRecheck.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, firms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firms"].queryset = firms  # type: ignore[attr-defined]


class YearForm(Form):
    """Which outpost and year to ask about."""

    outpost = forms.ChoiceField(label=_("驻点"))
    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].choices = [(each.code, each.short_name) for each in outposts]  # type: ignore[attr-defined]


class ConfirmForm(Form):
    """What the home side makes of it."""

    answer = forms.ChoiceField(label=_("结论"), choices=RecheckAnswer.choices)
    note = forms.CharField(label=_("依据"), max_length=300, required=False)


class RetentionForm(Form):
    """On which day."""

    as_of = date_field(_("截至"))
