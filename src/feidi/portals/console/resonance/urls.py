"""Addresses of investors × projects."""

from django.urls import path

from feidi.portals.console.resonance import views

app_name = "resonance"
urlpatterns = [
    path("", views.pair_list, name="pair_list"),
    path("export/", views.pair_export, name="pair_export"),
    path("pair/", views.pair_view, name="pair_view"),
]
