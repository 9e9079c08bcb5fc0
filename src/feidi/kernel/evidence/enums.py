"""States of an evidence item."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemState(models.TextChoices):
    """Where an item stands."""

    SUBMITTED = "submitted", _("已提交")
    ACCEPTED = "accepted", _("已采信")
    RETURNED = "returned", _("已退回")
