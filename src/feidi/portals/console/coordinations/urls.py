"""Addresses of coordination."""

from django.urls import path

from feidi.portals.console.coordinations import acts, views

app_name = "coordinations"
urlpatterns = [
    path("", views.coordination_list, name="coordination_list"),
    path("export/", views.coordination_export, name="coordination_export"),
    path("new/", views.coordination_new, name="coordination_new"),
    path("<str:uid>/", views.coordination_view, name="coordination_view"),
    path("<str:uid>/paper/", views.coordination_paper, name="coordination_paper"),
    path("<str:uid>/edit/", views.coordination_edit, name="coordination_edit"),
    path("<str:uid>/ask/", acts.coordination_ask, name="coordination_ask"),
    path("<str:uid>/answer/", acts.coordination_answer, name="coordination_answer"),
    path("<str:uid>/close/", acts.coordination_close, name="coordination_close"),
    path("<str:uid>/void/", acts.coordination_void, name="coordination_void"),
]
