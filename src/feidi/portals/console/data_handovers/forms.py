"""The form of a receipt."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form


class ReceiptForm(Form):
    """Who received the package and when, and when the data were deleted here."""

    received_by = forms.CharField(label=_("签收人"), max_length=120, help_text=_("回执上签字的人和单位"))
    received_on = date_field(_("签收日期"), required=True)
    deleted_on = date_field(_("删除日期"), help_text=_("删除证明上的日期；还没有删除就留空"))
