"""The form of a notice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.portals.ui.forms import Form


class NoticeForm(Form):
    """A year's notice as it was published."""

    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2062)
    source = forms.CharField(
        label=_("来源"), max_length=300, help_text=_("通知名称和文号，如：国务院办公厅关于2027年部分节假日安排的通知")
    )
    text = forms.CharField(
        label=_("通知正文"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=8000,
        help_text=_(
            "把通知正文整段粘进来即可；也可以自己写，每个节日一行：春节：2027-02-06至2027-02-12放假。2027-02-14上班。"
        ),
    )
