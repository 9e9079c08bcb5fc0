"""Addresses of meetings."""

from django.urls import path

from feidi.portals.console.meetings import acts, papers, views

app_name = "meetings"
urlpatterns = [
    path("", views.meeting_list, name="meeting_list"),
    path("export/", views.meeting_export, name="meeting_export"),
    path("new/", views.meeting_new, name="meeting_new"),
    path("week/", views.week_view, name="week_view"),
    path("items/<str:uid>/edit/", acts.item_edit, name="item_edit"),
    path("items/<str:uid>/move/", acts.item_move, name="item_move"),
    path("items/<str:uid>/remove/", acts.item_remove, name="item_remove"),
    path("decisions/<str:uid>/finish/", acts.decision_finish, name="decision_finish"),
    path("decisions/<str:uid>/void/", acts.decision_void, name="decision_void"),
    path("<str:uid>/", views.meeting_view, name="meeting_view"),
    path("<str:uid>/edit/", views.meeting_edit, name="meeting_edit"),
    path("<str:uid>/week/", views.meeting_week, name="meeting_week"),
    path("<str:uid>/record/", acts.meeting_record, name="meeting_record"),
    path("<str:uid>/items/", acts.item_add, name="item_add"),
    path("<str:uid>/decisions/", acts.decision_add, name="decision_add"),
    path("<str:uid>/issue/", acts.minutes_issue, name="minutes_issue"),
    path("<str:uid>/reopen/", acts.minutes_reopen, name="minutes_reopen"),
    path("<str:uid>/void/", acts.meeting_void, name="meeting_void"),
    path("<str:uid>/minutes/", papers.minutes_download, name="minutes_download"),
    path("<str:uid>/sign-in/", papers.sign_in_download, name="sign_in_download"),
]
