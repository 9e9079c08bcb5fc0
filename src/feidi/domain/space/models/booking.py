"""Bookings, their series, and who waits for a place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.space.enums import BookingState, Frequency, WaitingState
from feidi.domain.space.models.premises import Unit
from feidi.kernel.subjects.fields import Addressed, Voidable


class BookingSeries(Addressed, Voidable):
    """A booking that repeats: ``starts`` by the wall clock of the outpost, for ``minutes``, from ``first_on``.

    It ends by ``until`` (included) or after ``count`` (exactly one of them: constraint). ``weekdays`` (0 Monday … 6)
    for a weekly one; a monthly one falls on the ``nth`` such weekday (−1: the last). ``exceptions``: days left out.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="booking_series")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="series")
    purpose = models.CharField(max_length=160)
    organizer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="booking_series"
    )
    attendees = models.PositiveSmallIntegerField(null=True, blank=True)
    frequency = models.CharField(max_length=7, choices=Frequency.choices)
    every = models.PositiveSmallIntegerField(default=1)
    weekdays = models.JSONField(default=list, blank=True)
    nth = models.SmallIntegerField(null=True, blank=True)
    first_on = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveIntegerField()
    until = models.DateField(null=True, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    exceptions = models.JSONField(default=list, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True, count__isnull=False) | Q(until__isnull=False, count__isnull=True),
                name="series_ends_one_way",
            ),
            models.CheckConstraint(condition=Q(every__gte=1, minutes__gte=1), name="series_moves_on"),
        ]
        indexes = [models.Index(fields=["outpost", "-id"], name="series_list")]

    @override
    def __str__(self) -> str:
        return self.purpose


class Booking(Addressed):
    """One booking of one unit during [starts_at, ends_at). While asked or confirmed a live ``Occupation`` holds the unit.

    Who ended it says why (constraint); who did not come was not checked in (constraint).
    ``attendees`` NULL: not said. ``organization`` NULL: for the outpost itself. ``handover_note``: how it was left.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="bookings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bookings")
    series = models.ForeignKey(BookingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=160)
    organizer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    attendees = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=BookingState.choices)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.CharField(max_length=160, blank=True)
    handover_note = models.CharField(max_length=500, blank=True)
    handed_over_by = models.CharField(max_length=160, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            models.CheckConstraint(condition=~Q(purpose=""), name="booking_says_what_for"),
            models.CheckConstraint(
                condition=~Q(state__in=[BookingState.DECLINED, BookingState.CANCELLED]) | ~Q(ended_reason=""),
                name="booking_ended_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=BookingState.NO_SHOW) | Q(checked_in_at__isnull=True),
                name="booking_no_show_was_not_there",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "starts_at"], name="booking_of_unit"),
            models.Index(fields=["outpost", "-starts_at"], name="booking_list"),
            models.Index(fields=["organization", "starts_at"], name="booking_of_organization"),
            models.Index(fields=["organizer", "starts_at"], name="booking_of_organizer"),
            models.Index(fields=["state", "starts_at"], name="booking_by_state"),
        ]

    @override
    def __str__(self) -> str:
        return self.purpose


class WaitingEntry(Addressed):
    """Who would take a unit during [starts_at, ends_at) when it becomes free; the earliest entry that fits is booked.

    A booked entry has its booking (constraint), and no other has one.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="waiting_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="waiting_entries")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    purpose = models.CharField(max_length=160)
    organizer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="waiting_entries"
    )
    attendees = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=WaitingState.choices, default=WaitingState.WAITING)
    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="waited_as")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="waiting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state=WaitingState.BOOKED, booking__isnull=False)
                | (~Q(state=WaitingState.BOOKED) & Q(booking__isnull=True)),
                name="waiting_booked_has_booking",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "id"], name="waiting_for_unit")]

    @override
    def __str__(self) -> str:
        return self.purpose
