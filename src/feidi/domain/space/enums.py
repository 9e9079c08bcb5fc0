"""Codes of space."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RentBasis(models.TextChoices):
    """What a month's rent is for."""

    WHOLE = "whole", _("整租/月")
    PER_M2 = "per_m2", _("每平方米/月")
