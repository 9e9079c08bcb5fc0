"""Codes of space."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Kinds of subject, as audit rows, files and to-dos name them.
FLOOR: Final = "space.floor"
ZONE: Final = "space.zone"
UNIT: Final = "space.unit"
OCCUPATION: Final = "space.occupation"
BLOCKING: Final = "space.blocking"
BOOKING: Final = "space.booking"
SERIES: Final = "space.series"
WAITING: Final = "space.waiting"
VISITOR: Final = "space.visitor"
FEED: Final = "space.feed"


class RentBasis(models.TextChoices):
    """What a month's rent is for."""

    WHOLE = "whole", _("整租/月")
    PER_M2 = "per_m2", _("每平方米/月")


class UnitKind(models.TextChoices):
    """What a unit is: a room, a desk (mostly a part of a room), an open area."""

    ROOM = "room", _("房间")
    DESK = "desk", _("工位")
    AREA = "area", _("开放区域")


class OccupationReason(models.TextChoices):
    """Why a unit is not free."""

    BOOKING = "booking", _("预订")
    BLOCKING = "blocking", _("封闭")
    TENANCY = "tenancy", _("入驻")


class BookingState(models.TextChoices):
    """Where a booking stands. ``asked`` and ``confirmed`` hold the room; the others hold nothing any more."""

    ASKED = "asked", _("待审批")
    CONFIRMED = "confirmed", _("已确认")
    DECLINED = "declined", _("未批准")
    CANCELLED = "cancelled", _("已取消")
    NO_SHOW = "no_show", _("未到场")
    DONE = "done", _("已结束")


class Frequency(models.TextChoices):
    """How a series repeats."""

    DAILY = "daily", _("每天")
    WEEKLY = "weekly", _("每周")
    MONTHLY = "monthly", _("每月第几个星期几")


class WaitingState(models.TextChoices):
    """Where an entry of the waiting list stands."""

    WAITING = "waiting", _("候补中")
    BOOKED = "booked", _("已候补成功")
    WITHDRAWN = "withdrawn", _("已撤回")
    LAPSED = "lapsed", _("已过期")


class FeedKind(models.TextChoices):
    """Whose calendar a feed shows."""

    ROOM = "room", _("房间日历")
    PERSONAL = "personal", _("个人日历")
