"""Forms of drafting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.kernel.content.models import ProposalState
from feidi.portals.ui.forms import Form


class DraftFilterForm(Form):
    """What the list shows."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *ProposalState.choices])
    q = forms.CharField(label=_("文件或说明"), required=False, max_length=80)


class NewPolicyForm(Form):
    """A policy that no file holds yet."""

    place = forms.ChoiceField(label=_("地方"))
    name = forms.RegexField(
        label=_("文件名"),
        regex=r"^[a-z0-9][a-z0-9_-]{1,60}$",
        help_text=_("小写字母、数字和连字符，如 talent-2026；定了就不改"),
        error_messages={"invalid": _("只用小写字母、数字和连字符，如 talent-2026。")},
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class DraftForm(Form):
    """One text of one file, with what it was written from."""

    base = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)
    body = forms.CharField(
        label=_("文本"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(
            attrs={"rows": 28, "class": "code-text", "spellcheck": "false", "wrap": "off", "data-lines": True}
        ),
    )
    note = forms.CharField(
        label=_("修改说明"), max_length=500, required=False, help_text=_("为什么改、依据什么；复核人先看这一句")
    )


class BandForm(Form):
    """A table of tiers as it was copied out of Excel."""

    basis = forms.CharField(label=_("按哪个事实分档"), max_length=60, help_text=_("事实词典里的词，如 研发费用"))
    pasted = forms.CharField(
        label=_("从 Excel 复制的表"),
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("三列：下限、上限、金额；空着表示不限。下限含在内、上限不含。例如：300万元 → 1000万元 → 5万元"),
    )
