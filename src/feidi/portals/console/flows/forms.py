"""Forms of the flow ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import FlowDirection, FlowKind
from feidi.portals.console.figures.lens import SPANS
from feidi.portals.console.flows.wording import SOURCE_NAMES
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form

_ANY = ("", _("全部"))
STATES = [_ANY, ("live", _("有效")), ("countered", _("已冲销")), ("counter", _("冲销分录"))]


class PeriodForm(Form):
    """Whose flows, over which days, up to which day."""

    outpost = forms.ModelChoiceField(
        label=_("驻点"), queryset=Outpost.objects.none(), required=False, empty_label=_("全部")
    )
    span = forms.ChoiceField(label=_("期间"), choices=SPANS, required=False)
    since = date_field(_("从"))
    until = date_field(_("到"))
    as_of = date_field(_("截至"))

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]


class EntryFilterForm(Form):
    """Which entries."""

    outpost = forms.ModelChoiceField(
        label=_("驻点"), queryset=Outpost.objects.none(), required=False, empty_label=_("全部")
    )
    kind = forms.ChoiceField(label=_("要素"), choices=[_ANY, *FlowKind.choices], required=False)
    direction = forms.ChoiceField(label=_("流向"), choices=[_ANY, *FlowDirection.choices], required=False)
    source = forms.ChoiceField(label=_("来源"), choices=[_ANY, *SOURCE_NAMES.items()], required=False)
    measure = forms.CharField(widget=forms.HiddenInput(), required=False)
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
    since = date_field(_("从"))
    until = date_field(_("到"))

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
