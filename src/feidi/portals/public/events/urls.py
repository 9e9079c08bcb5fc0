"""Addresses of activities for visitors."""

from django.urls import path

from feidi.portals.public.events import tickets, views

app_name = "events"
urlpatterns = [
    path("", views.activity_list, name="activity_list"),
    path("ticket/<str:token>/", tickets.ticket_view, name="ticket_view"),
    path("ticket/<str:token>/cancel/", tickets.ticket_cancel, name="ticket_cancel"),
    path("ticket/<str:token>/met/", tickets.meeting_note, name="meeting_note"),
    path("ticket/<str:token>/activity.ics", tickets.ticket_calendar, name="ticket_calendar"),
    path("<str:uid>/", views.activity_view, name="activity_view"),
    path("<str:uid>/register/", views.registration_new, name="registration_new"),
]
