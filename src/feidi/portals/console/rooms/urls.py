"""Addresses: rooms, bookings, the floor plan."""

from django.urls import path

from feidi.portals.console.rooms import bookings, days, keeping, premises, series

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
    path("series/new/", series.series_new, name="series_new"),
    path("series/<str:uid>/", series.series_view, name="series_view"),
    path("series/<str:uid>/cancel/", series.series_cancel, name="series_cancel"),
    path("blockings/", keeping.blocking_list, name="blocking_list"),
    path("blockings/new/", keeping.blocking_new, name="blocking_new"),
    path("blockings/<str:uid>/", keeping.blocking_view, name="blocking_view"),
    path("blockings/<str:uid>/lift/", keeping.blocking_lift, name="blocking_lift"),
    path("waiting/", keeping.waiting_list, name="waiting_list"),
    path("waiting/<str:uid>/withdraw/", keeping.waiting_withdraw, name="waiting_withdraw"),
    path("visitors/", keeping.visitor_list, name="visitor_list"),
    path("visitors/new/", keeping.visitor_new, name="visitor_new"),
    path("visitors/<str:uid>/pass/", keeping.visitor_pass, name="visitor_pass"),
    path("visitors/<str:uid>/void/", keeping.visitor_void, name="visitor_void"),
    path("visitors/<str:uid>/show/", keeping.visitor_show, name="visitor_show"),
    path("feeds/", keeping.feed_list, name="feed_list"),
    path("feeds/open/", keeping.feed_open, name="feed_open"),
    path("feeds/<str:uid>/revoke/", keeping.feed_revoke, name="feed_revoke"),
    path("units/", premises.unit_list, name="unit_list"),
    path("units/<str:uid>/", premises.unit_view, name="unit_view"),
    path("units/<str:uid>/edit/", premises.unit_edit, name="unit_edit"),
    path("units/<str:uid>/void/", premises.unit_void, name="unit_void"),
    path("units/<str:uid>/door/", premises.door_print, name="door_print"),
    path("usage/", premises.usage_view, name="usage_view"),
    path("usage/export/", premises.usage_export, name="usage_export"),
]
