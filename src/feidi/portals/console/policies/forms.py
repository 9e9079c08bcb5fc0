"""The short form of missing facts: one field per fact, by its type; what is left empty stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from typing_extensions import override

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Outpost
from feidi.domain.policy.services.facts import Origin, Statement
from feidi.engines.rules.facts import FactDef, FactType
from feidi.portals.console.pipeline.forms import DateInput
from feidi.portals.ui.forms import Form

PREFIX = "fact-"
#: What a set says when it is known to be empty.
NOTHING = "-"
_HINTS = {
    "元": gettext_lazy("如 2000万元、2000万元以上、1200万元-1500万元"),
    "%": gettext_lazy("如 19.9%、5%以上"),
}


class FactsForm(Form):
    """Facts of one check-up with one origin. ``statements`` gives what was filled in."""

    source = forms.ChoiceField(label=gettext_lazy("来源"), choices=FactSource.choices, initial=FactSource.STATED)
    note = forms.CharField(
        label=gettext_lazy("出处"), required=False, max_length=300, help_text=gettext_lazy("哪份材料、谁说的")
    )
    confirmed_by = forms.CharField(
        label=gettext_lazy("由谁确认"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("已有部门或专人核对过才填"),
    )
    document = forms.FileField(label=gettext_lazy("证明材料"), required=False)
    mark_reason = forms.CharField(
        label=gettext_lazy("带内部标记的文件为何可以上传"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("一般留空"),
    )

    def __init__(
        self,
        *args: Any,
        definitions: Iterable[FactDef],
        hints: Mapping[str, str] | None = None,
        known: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definitions = {f"{PREFIX}{each.id}": each for each in definitions}
        for name, each in self.definitions.items():
            self.fields[name] = field_of(each, (hints or {}).get(each.id, ""))
            self.initial.setdefault(name, (known or {}).get(each.id))
        asked = list(self.definitions)
        self.order_fields([*asked, "source", "note", "confirmed_by", "document", "mark_reason"])

    def asked(self) -> list[forms.BoundField]:
        """Return the fields of facts, in the order in which they were given."""
        return [self[name] for name in self.definitions]

    def about(self) -> list[forms.BoundField]:
        """Return the fields of where the facts come from."""
        return [self[name] for name in ("source", "note", "confirmed_by", "document", "mark_reason")]

    def statements(self) -> list[Statement]:
        """Return what was filled in; call it on a valid form."""
        given = {name: self.cleaned_data.get(name) for name in self.definitions}
        return [
            Statement(self.definitions[name].id, _given(self.definitions[name], value))
            for name, value in given.items()
            if value not in (None, "", [])
        ]

    def origin(self, document: Any = None) -> Origin:
        """Return where they come from; call it on a valid form."""
        data = self.cleaned_data
        return Origin(FactSource(data["source"]), data["note"], document, data["confirmed_by"])

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse a form in which nothing was filled in."""
        data = super().clean() or {}
        if not self.errors and not self.statements():
            raise forms.ValidationError(_("没有填写任何一项。知道哪项填哪项，不知道的空着。"))
        return data


def _given(definition: FactDef, value: Any) -> object:
    if definition.type is FactType.CODES:
        return [code for code in value if code != NOTHING]
    return value.isoformat() if definition.type is FactType.DATE else value


def field_of(definition: FactDef, hint: str) -> forms.Field:
    """Return the field by which a fact is asked for."""
    label = label_of(definition)
    parts = [hint, _("来源：{source}").format(source=definition.source) if definition.source else ""]
    words: dict[str, Any] = {"label": label, "required": False}
    match definition.type:
        case FactType.NUMBER:
            example = str(_HINTS.get(definition.unit, _("写上单位：{unit}").format(unit=definition.unit)))
            return forms.CharField(max_length=60, help_text=_joined(example, *parts), **words)
        case FactType.DATE:
            return forms.DateField(widget=DateInput(), help_text=_joined(*parts), **words)
        case FactType.YESNO:
            choices = [("", _("不知道")), ("是", _("是")), ("否", _("否"))]
            return forms.ChoiceField(choices=choices, help_text=_joined(*parts), **words)
        case FactType.CODES:
            choices = [(code, definition.labels.get(code, code)) for code in definition.codes]
            return forms.MultipleChoiceField(
                choices=[*choices, (NOTHING, _("以上都没有"))],
                widget=forms.CheckboxSelectMultiple,
                help_text=_joined(_("全部勾选；没有勾的视为没有。一个都不勾表示不知道"), *parts),
                **words,
            )
        case _:
            choices = [("", _("不知道")), *((code, definition.labels.get(code, code)) for code in definition.codes)]
            return forms.ChoiceField(choices=choices, help_text=_joined(*parts), **words)


def label_of(definition: FactDef) -> str:
    """Return how a fact is asked for in the reader's language."""
    if get_language() == "en" and definition.name_en:
        return definition.question_en or definition.name_en
    if definition.judgement:
        return _("人工核定：{name}").format(name=definition.name)
    return definition.question or definition.name


def _joined(*parts: str) -> str:
    return " · ".join(each for each in parts if each)


class CheckedForm(Form):
    """What a list of organizations, persons or referrals shows. ``searched``: what its words are compared with."""

    words = forms.CharField(label=gettext_lazy("单位"), required=False, max_length=80)
    outpost = forms.ModelChoiceField(
        label=gettext_lazy("驻点"), required=False, queryset=Outpost.objects.none(), empty_label=gettext_lazy("全部")
    )

    def __init__(self, *args: Any, outposts: Any, searched: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = searched or self.fields["words"].label
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        if len(outposts) < 2:  # noqa: PLR2004 - nothing to choose between
            self.fields["outpost"].widget = forms.HiddenInput()


class AsOfForm(Form):
    """On which day the question is put."""

    as_of = forms.DateField(label=gettext_lazy("按哪一天"), required=False, widget=DateInput())
