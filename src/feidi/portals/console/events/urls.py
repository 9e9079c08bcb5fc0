"""Addresses of activities."""

from django.urls import path

from feidi.portals.console.events import (
    acts,
    attendance,
    door,
    door_kept,
    editing,
    meetings,
    papers,
    registrations,
    views,
)

app_name = "events"
urlpatterns = [
    path("", views.activity_list, name="activity_list"),
    path("export/", views.activity_export, name="activity_export"),
    path("new/", editing.activity_new, name="activity_new"),
    path("registrations/<str:uid>/", registrations.registration_view, name="registration_view"),
    path("registrations/<str:uid>/link/", registrations.registration_link, name="registration_link"),
    path("registrations/<str:uid>/unmask/", registrations.registration_unmask, name="registration_unmask"),
    path("registrations/<str:uid>/resend/", registrations.registration_resend, name="registration_resend"),
    path("registrations/<str:uid>/cancel/", registrations.registration_cancel, name="registration_cancel"),
    path("registrations/<str:uid>/erase/", registrations.registration_erase, name="registration_erase"),
    path("entries/<str:uid>/void/", attendance.entry_void, name="entry_void"),
    path("meetings/<str:uid>/void/", meetings.meeting_void, name="meeting_void"),
    path("<str:uid>/", views.activity_view, name="activity_view"),
    path("<str:uid>/edit/", editing.activity_edit, name="activity_edit"),
    path("<str:uid>/programme/", editing.programme_edit, name="programme_edit"),
    path("<str:uid>/questions/", editing.questions_edit, name="questions_edit"),
    path("<str:uid>/open/", acts.activity_open, name="activity_open"),
    path("<str:uid>/close/", acts.activity_close, name="activity_close"),
    path("<str:uid>/cancel/", acts.activity_cancel, name="activity_cancel"),
    path("<str:uid>/hold/", acts.activity_hold, name="activity_hold"),
    path("<str:uid>/registrations/", registrations.registration_list, name="registration_list"),
    path("<str:uid>/registrations/export/", registrations.registration_export, name="registration_export"),
    path("<str:uid>/registrations/new/", registrations.registration_new, name="registration_new"),
    path("<str:uid>/attendance/", attendance.attendance_view, name="attendance_view"),
    path("<str:uid>/met/", meetings.meeting_note, name="meeting_note"),
    path("<str:uid>/door/", door.door_view, name="door_view"),
    path("<str:uid>/door/scan/", door.door_scan, name="door_scan"),
    path("<str:uid>/door/shell/", door_kept.door_shell, name="door_shell"),
    path("<str:uid>/door/worker.js", door_kept.door_worker, name="door_worker"),
    path("<str:uid>/door/walk-in/", door.walk_in_new, name="walk_in_new"),
    path("<str:uid>/badges/", papers.badge_print, name="badge_print"),
    path("<str:uid>/sign-in/", papers.sign_in_download, name="sign_in_download"),
]
