"""Forms of matchmaking days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.models import Introduction
from feidi.portals.console.daily import DailyForm, outpost_field
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form

SHOW = [("all", _("全部")), ("coming", _("今天及以后")), ("past", _("已过"))]


class DayFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("名称或地点"), required=False)
    show = forms.ChoiceField(label=_("范围"), required=False, choices=SHOW)
    outpost = outpost_field(required=False)


class DayForm(DailyForm):
    """A day before anybody sits."""

    outpost = outpost_field()
    title = forms.CharField(label=_("名称"), max_length=160)
    held_on = date_field(_("日期"), required=True)
    begins_at = forms.TimeField(
        label=_("几点开始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="14:00"
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    slot_minutes = forms.IntegerField(label=_("每场几分钟"), initial=20)
    slots = forms.IntegerField(label=_("几个时段"), initial=6)
    tables = forms.IntegerField(label=_("几张桌子"), initial=5)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())


class PlaceForm(Form):
    """Who sits at which table in which slot."""

    introduction = forms.ChoiceField(label=_("哪一个对接"))
    slot = forms.IntegerField(label=_("时段"), min_value=1)
    table = forms.IntegerField(label=_("桌号"), min_value=1)

    def __init__(self, *args: Any, introductions: Iterable[Introduction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["introduction"]
        chosen.choices = [  # type: ignore[attr-defined]
            (each.uid, f"{each.number} {each.need.title} × {each.offer.title}") for each in introductions
        ]
