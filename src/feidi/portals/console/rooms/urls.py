"""Addresses: rooms, bookings, the floor plan."""

from django.urls import path

from feidi.portals.console.rooms import bookings, days

app_name = "rooms"
urlpatterns = [
    path("", days.grid_view, name="grid_view"),
    path("plan/", days.plan_view, name="plan_view"),
    path("free/", days.free_find, name="free_find"),
    path("bookings/", bookings.booking_list, name="booking_list"),
    path("bookings/export/", bookings.booking_export, name="booking_export"),
    path("bookings/new/", bookings.booking_new, name="booking_new"),
    path("bookings/<str:uid>/", bookings.booking_view, name="booking_view"),
    path("bookings/<str:uid>/move/", bookings.booking_move, name="booking_move"),
    path("bookings/<str:uid>/change/", bookings.booking_change, name="booking_change"),
    path("bookings/<str:uid>/cancel/", bookings.booking_cancel, name="booking_cancel"),
    path("bookings/<str:uid>/restore/", bookings.booking_restore, name="booking_restore"),
    path("bookings/<str:uid>/decide/", bookings.booking_decide, name="booking_decide"),
    path("bookings/<str:uid>/attend/", bookings.booking_attend, name="booking_attend"),
    path("bookings/<str:uid>/leave/", bookings.booking_leave, name="booking_leave"),
    path("bookings/<str:uid>/calendar/", bookings.booking_calendar, name="booking_calendar"),
]
