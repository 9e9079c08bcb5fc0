"""Django forms in the look of every page. A form takes part by ``default_renderer = FeidiRenderer()`` or by base class."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.engines.findings import Refusal
from feidi.kernel.messages import sentence_of
from feidi.portals.ui.widgets import drawn

_WIDGETS = DjangoTemplates()
#: Days that a form takes.
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
_BOUNDS: Final = {
    "max_length": _("写了 %(show_value)d 个字，最多 %(limit_value)d 个。请缩短。"),
    "min_value": _("最小是 %(limit_value)s。请改正后再提交。"),
    "max_value": _("最大是 %(limit_value)s。请改正后再提交。"),
}


class FeidiRenderer(TemplatesSetting):
    """Renders forms and fields with ``ui/form.html`` and ``ui/field.html``, widgets as Django's own templates do."""

    form_template_name = "ui/fragments/form.html"
    field_template_name = "ui/fragments/field.html"

    @override
    def get_template(self, template_name: str) -> Any:
        """Find a widget's template beside Django, everything else where the pages' templates are."""
        if template_name.startswith("django/forms/"):
            return _WIDGETS.get_template(template_name)
        return super().get_template(template_name)

    @override
    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        """Draw the widgets of which a page has many by hand, everything else by its template."""
        written = drawn(template_name, context) if template_name.startswith("django/forms/") else None
        return super().render(template_name, context, request) if written is None else written


def explain_errors(field: forms.Field) -> None:
    """Replace Django's short errors by ones that say how to fix it; what a form states itself stays."""
    words = {"required": _("这一项没有填。请填写后再提交。")}
    if isinstance(field, forms.DateField):
        words["invalid"] = _("看不懂这个日期。请写成 2026-11-23 这样。")
    elif isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        words["invalid"] = _("这不是数字。请只写数字，如 1200.5。")
    # what a validator says is replaced by the field's own words for its code
    for code, told in _BOUNDS.items():
        field.error_messages.setdefault(code, told)
    for code, text in words.items():
        if field.error_messages.get(code) == _django_words(field, code):
            field.error_messages[code] = text


def _django_words(field: forms.Field, code: str) -> object:
    """Return what the field's class says for ``code``; another text was set by the form and stays."""
    classes = (each for each in type(field).__mro__ if code in getattr(each, "default_error_messages", {}))
    return next(each.default_error_messages[code] for each in classes)  # type: ignore[attr-defined]


def within_reason(value: date) -> None:
    """Refuse a day before 1900 or after 2200: a slip of the hand, and past what a calendar can reckon with."""
    day = value.date() if isinstance(value, datetime) else value
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(_("日期要在 1900 年到 2200 年之间，请核对年份。"))


class Form(forms.Form):
    """Base of the pages' forms."""

    default_renderer = FeidiRenderer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            explain_errors(field)
            if isinstance(field, forms.DateField | forms.DateTimeField):
                field.validators.append(within_reason)


def add_refusal(form: forms.BaseForm, refusal: Refusal, fields: dict[str, str] | None = None) -> None:
    """Put a service's refusal into the form: on top, and each reason at the field its code is mapped to, the rest on top.

    ``fields`` maps a code, of the refusal or of a reason, or a reason's column to a field name. A refusal without reasons
    that is mapped stands at its field too: where somebody looks while mending it.
    """
    whole = sentence_of(refusal)
    form.add_error(None, whole)
    own = (fields or {}).get(refusal.code)
    if own in form.fields and not refusal.reasons:
        form.add_error(own, whole)
    for reason in refusal.reasons:
        place = (fields or {}).get(reason.code) or (fields or {}).get(reason.column or "")
        form.add_error(place if place in form.fields else None, sentence_of(reason))
