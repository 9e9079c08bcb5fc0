"""Forms of what an organization shows of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.showcase.fields import FIELDS, PICTURE, Field
from feidi.portals.ui.forms import Form


class SheetForm(Form):
    """Which fields are released: for each a tick, one's own words where the register has none, English."""

    picture = forms.FileField(
        label=gettext_lazy("图片"),
        required=False,
        help_text=gettext_lazy("JPG、PNG、WebP；重新生成，去掉拍摄位置；空着就用原来的"),
    )
    alt = forms.CharField(label=gettext_lazy("图片说明"), max_length=160, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, kind: str, drawn: Mapping[str, Any], released: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown: Sequence[Field] = FIELDS[kind]
        self.drawn = drawn
        for each in self.shown:
            known = released.get(each.code) or {}
            self.fields[f"show_{each.code}"] = forms.BooleanField(
                label=_("公开：{label}").format(label=each.label), required=False, initial=each.code in released
            )
            if each.code == PICTURE:
                continue
            if not each.drawn:
                self.fields[f"zh_{each.code}"] = _text(each, str(each.label), known.get("zh", ""))
            words = _("{label}（英文，可不填）").format(label=each.label)
            self.fields[f"en_{each.code}"] = _text(
                each, words, known.get("en") or drawn.get(each.code, {}).get("en", "")
            )

    def groups(self) -> Iterator[dict[str, Any]]:
        """Yield each field as the page shows it: its tick, what it says today, its inputs."""
        for each in self.shown:
            names = (f"zh_{each.code}", f"en_{each.code}")
            yield {
                "tick": self[f"show_{each.code}"],
                "label": each.label,
                "today": self.drawn.get(each.code, {}).get("zh", "") if each.drawn else "",
                "drawn": each.drawn,
                "picture": each.code == PICTURE,
                "inputs": [self[name] for name in names if name in self.fields],
            }

    def codes(self) -> frozenset[str]:
        """Return what is ticked; call it on a valid form."""
        return frozenset(each.code for each in self.shown if self.cleaned_data.get(f"show_{each.code}"))

    def words(self) -> dict[str, dict[str, str]]:
        """Return what was written; call it on a valid form."""
        data = self.cleaned_data
        return {
            each.code: {"zh": data.get(f"zh_{each.code}", ""), "en": data.get(f"en_{each.code}", "")}
            for each in self.shown
        }


def _text(field: Field, label: str, initial: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if field.long else forms.TextInput()
    return forms.CharField(label=label, max_length=2000, required=False, initial=initial, widget=widget)


class ProductForm(Form):
    """A product in one's own words."""

    organization = forms.ChoiceField(label=gettext_lazy("单位"))
    name = forms.CharField(label=gettext_lazy("产品名称"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=160, required=False)
    what = forms.CharField(label=gettext_lazy("是什么"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    what_en = forms.CharField(
        label=gettext_lazy("是什么（英文）"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    spec = forms.CharField(label=gettext_lazy("指标"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    spec_en = forms.CharField(
        label=gettext_lazy("指标（英文）"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    wanted = forms.CharField(label=gettext_lazy("希望对接什么"), max_length=300, required=False)
    wanted_en = forms.CharField(label=gettext_lazy("希望对接什么（英文）"), max_length=300, required=False)

    def __init__(self, *args: Any, organizations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = list(organizations)  # type: ignore[attr-defined]
        if len(organizations) == 1:
            self.fields["organization"].initial = organizations[0][0]
            self.fields["organization"].widget = forms.HiddenInput()
