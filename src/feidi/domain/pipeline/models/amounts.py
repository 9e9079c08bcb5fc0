"""The amounts of a project as somebody wrote them: text kept, range known, currency or none.

Five columns each, read and written together through ``kernel.money`` (``money_of``, ``set_money``).
Unit: hundredths of the currency. An empty currency means "not known", never CNY by default.
"""

from __future__ import annotations

from django.db import models


class ProjectAmounts(models.Model):
    """Abstract: the four amounts of the ledger."""

    planned_investment_lo_fen = models.BigIntegerField(null=True, blank=True)
    planned_investment_hi_fen = models.BigIntegerField(null=True, blank=True)
    planned_investment_currency = models.CharField(max_length=3, blank=True)
    planned_investment_text = models.CharField(max_length=120, blank=True)
    planned_investment_approximate = models.BooleanField(default=False)
    fixed_investment_lo_fen = models.BigIntegerField(null=True, blank=True)
    fixed_investment_hi_fen = models.BigIntegerField(null=True, blank=True)
    fixed_investment_currency = models.CharField(max_length=3, blank=True)
    fixed_investment_text = models.CharField(max_length=120, blank=True)
    fixed_investment_approximate = models.BooleanField(default=False)
    expected_output_lo_fen = models.BigIntegerField(null=True, blank=True)
    expected_output_hi_fen = models.BigIntegerField(null=True, blank=True)
    expected_output_currency = models.CharField(max_length=3, blank=True)
    expected_output_text = models.CharField(max_length=120, blank=True)
    expected_output_approximate = models.BooleanField(default=False)
    expected_tax_lo_fen = models.BigIntegerField(null=True, blank=True)
    expected_tax_hi_fen = models.BigIntegerField(null=True, blank=True)
    expected_tax_currency = models.CharField(max_length=3, blank=True)
    expected_tax_text = models.CharField(max_length=120, blank=True)
    expected_tax_approximate = models.BooleanField(default=False)

    class Meta:
        abstract = True
