"""Forms of the wizard: which file, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.portals.console.words import say_pair
from feidi.portals.ui.forms import Form

CURRENCIES = [
    ("", _("不声明（没有写币种的记为“币种不明”）")),
    ("CNY", _("人民币")),
    ("USD", _("美元")),
    ("HKD", _("港元")),
    ("MOP", _("澳门元")),
    ("EUR", _("欧元")),
]


def currency_field() -> forms.ChoiceField:
    """Return the choice of what an amount without a currency is taken to be."""
    return forms.ChoiceField(
        label=_("没有写币种的金额按"),
        choices=CURRENCIES,
        required=False,
        help_text=_("只在您确知整份台账是同一币种时选择；会写在每条结果旁边。"),
    )


class FileForm(Form):
    """The ledger, whose it is, and the currency that goes without saying."""

    outpost = forms.ModelChoiceField(label=_("导入到哪个驻点"), queryset=Outpost.objects.none(), empty_label=None)
    file = forms.FileField(label=_("台账文件"))
    declared_currency = currency_field()
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        if len(outposts) == 1:
            self.fields["outpost"].initial = outposts[0]
            self.fields["outpost"].widget = forms.HiddenInput()
        self._reason = self.fields.pop("mark_reason")
        if self.data.get("mark_reason"):
            self.ask_reason()

    def ask_reason(self) -> None:
        """Show the field for the reason: only where a file was refused for its mark."""
        self.fields["mark_reason"] = self._reason


class ColumnsForm(Form):
    """One choice per column of the file: the field it feeds, or none."""

    declared_currency = currency_field()

    def __init__(self, *args: Any, proposed: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns, fields = proposed["columns"], proposed["fields"]
        self._labels = {each["field"]: say_pair(each["label"], each["label_en"]) for each in fields}
        derived = {each["field"] for each in fields if each["derived"]}
        checked = _("（只核对，不写入）")
        choices = [
            ("", _("不导入")),
            *((code, f"{label}{checked if code in derived else ''}") for code, label in self._labels.items()),
        ]
        for each in columns:
            self.fields[f"column-{each['index']}"] = forms.ChoiceField(
                label=each["header"] or each["name"],
                choices=choices,
                required=False,
                initial=each["field"],
                widget=forms.Select(attrs={"aria-label": f"{each['letter']} {each['header'] or each['name']}"}),
            )

    def mapping(self) -> dict[str, str]:
        """Return column index as text → field, as the services take it."""
        cleaned = self.cleaned_data.items()
        return {name.removeprefix("column-"): value for name, value in cleaned if name.startswith("column-")}

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one field: the second would be dropped without a word."""
        values: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for name, field in list(values.items()):
            if not name.startswith("column-") or not field:
                continue
            if field in taken:
                words = _("已有一列对应“{label}”（{other}）。请只保留一列。")
                self.add_error(name, words.format(label=self._labels[field], other=self.fields[taken[field]].label))
            taken.setdefault(field, name)
        return values
