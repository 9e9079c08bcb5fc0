"""Addresses of instructions."""

from django.urls import path

from feidi.portals.console.instructions import acts, views

app_name = "instructions"
urlpatterns = [
    path("", views.instruction_list, name="instruction_list"),
    path("export/", views.instruction_export, name="instruction_export"),
    path("new/", views.instruction_new, name="instruction_new"),
    path("<str:uid>/", views.instruction_view, name="instruction_view"),
    path("<str:uid>/edit/", views.instruction_edit, name="instruction_edit"),
    path("<str:uid>/urge/", acts.instruction_urge, name="instruction_urge"),
    path("<str:uid>/answer/", acts.instruction_answer, name="instruction_answer"),
    path("<str:uid>/close/", acts.instruction_close, name="instruction_close"),
    path("<str:uid>/reopen/", acts.instruction_reopen, name="instruction_reopen"),
    path("<str:uid>/void/", acts.instruction_void, name="instruction_void"),
]
