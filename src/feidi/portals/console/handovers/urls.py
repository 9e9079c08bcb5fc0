"""Addresses of hand-overs."""

from django.urls import path

from feidi.portals.console.handovers import views

app_name = "handovers"
urlpatterns = [
    path("", views.handover_list, name="handover_list"),
    path("new/", views.handover_new, name="handover_new"),
    path("<str:uid>/", views.handover_view, name="handover_view"),
    path("<str:uid>/list/", views.list_download, name="list_download"),
    path("<str:uid>/undo/", views.handover_undo, name="handover_undo"),
]
