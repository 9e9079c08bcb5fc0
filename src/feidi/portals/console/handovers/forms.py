"""Forms of hand-overs. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.staff import staff_of
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field


class HandoverFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("编号、姓名或原因"), required=False)
    outpost = outpost_field(required=False)


class HandoverForm(DailyForm):
    """Who hands over to whom, and why. The leaver may have lost the last role already."""

    outpost = outpost_field()
    leaver = colleague_field(_("移交人"), required=True)
    taker = colleague_field(_("接收人"), required=True)
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("如：离职、轮岗、长期外派"))
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())
    seen_total = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, outposts: QuerySet[Outpost], **kwargs: Any) -> None:
        super().__init__(*args, outposts=outposts, **kwargs)
        offered: Any = self.fields["leaver"]
        # also who was closed or whose role has ended: their work still has their name on it
        offered.queryset = staff_of(outposts.select_related("home"), None)
