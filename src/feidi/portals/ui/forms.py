"""Django forms in the look of every page. A form takes part by ``default_renderer = FeidiRenderer()`` or by base class."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting

from feidi.engines.findings import Refusal
from feidi.kernel.messages import fix_of, text_of

_WIDGETS = DjangoTemplates()


class FeidiRenderer(TemplatesSetting):
    """Renders forms and fields with ``ui/form.html`` and ``ui/field.html``, widgets with Django's own templates."""

    form_template_name = "ui/fragments/form.html"
    field_template_name = "ui/fragments/field.html"

    def get_template(self, template_name: str) -> Any:
        """Find a widget's template beside Django, everything else where the pages' templates are."""
        if template_name.startswith("django/forms/"):
            return _WIDGETS.get_template(template_name)
        return super().get_template(template_name)


class Form(forms.Form):
    """Base of the pages' forms."""

    default_renderer = FeidiRenderer
    error_css_class = "is-invalid"


def add_refusal(form: forms.BaseForm, refusal: Refusal, fields: dict[str, str] | None = None) -> None:
    """Put a service's refusal into the form: each reason at the field its code is mapped to, the rest on top.

    ``fields`` maps a reason's code or column to a field name.
    """
    form.add_error(None, _sentence(text_of(refusal), fix_of(refusal)))
    for reason in refusal.reasons:
        place = (fields or {}).get(reason.code) or (fields or {}).get(reason.column or "")
        form.add_error(place if place in form.fields else None, _sentence(text_of(reason), fix_of(reason)))


def _sentence(what: str, fix: str) -> str:
    return f"{what} {fix}".strip()
