"""A form field that takes an amount as people write it: 1200万, 1.2亿美元, 500-800万元, 约3000万, 未透露."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from typing_extensions import override

from feidi.engines.findings import Finding, Level
from feidi.engines.money import MoneyText
from feidi.engines.sheets.money_text import parse_money
from feidi.kernel.messages import sentence_of
from feidi.kernel.money.columns import TEXT_LENGTH
from feidi.kernel.money.display import format_money_text


class MoneyTextField(forms.CharField):
    """Cleans to a ``MoneyText``; nothing written gives ``MoneyText("")``.

    ``unit_hint`` ("万元"): the unit of a bare number, to be said in the label. ``currency_hint``: the ISO code when
    none is written; without it such an amount has no known currency. A text that may mean two amounts is refused, and one
    below nought, unless ``below_zero``.
    """

    def __init__(
        self,
        *,
        unit_hint: str | None = None,
        currency_hint: str | None = None,
        below_zero: bool = False,
        **options: Any,
    ) -> None:
        self.below_zero = below_zero
        self.unit_hint = unit_hint
        self.currency_hint = currency_hint
        super().__init__(max_length=TEXT_LENGTH, **options)

    @override
    def clean(self, value: Any) -> MoneyText:
        """Return the amount, or raise with what is unclear and how to write it."""
        written = super().clean(value)
        amount, findings = parse_money(written, unit_hint=self.unit_hint, currency_hint=self.currency_hint)
        unclear = [each for each in findings if each.level is not Level.NOTE]
        if unclear:
            raise ValidationError([ValidationError(_said(each), code="unclear") for each in unclear])
        if not self.below_zero and any(each is not None and each < 0 for each in (amount.lo_fen, amount.hi_fen)):
            told = _("金额“{text}”是负数。请写不小于 0 的数；登记有误的另行作废或更正。")
            raise ValidationError(told.format(text=amount.text), code="negative")
        return amount

    @override
    def prepare_value(self, value: Any) -> Any:
        """Show an amount as it was written; one that came without words, exactly."""
        if not isinstance(value, MoneyText):
            return value
        has_figure = value.lo_fen is not None or value.hi_fen is not None
        return value.text or (format_money_text(value, reading=False) if has_figure else "")

    @override
    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be shown with what was sent."""
        return super().has_changed(self.prepare_value(initial), data)


def _said(finding: Finding) -> str:
    """Return what is unclear and how to mend it in a form: there is no head of a column here."""
    if finding.code == "sheets.money.no_unit":
        told = _("金额“{text}”没有写单位。请连单位一起写，如 500万元、126500.35元。")
        return told.format(text=finding.params["text"])
    return sentence_of(finding)
