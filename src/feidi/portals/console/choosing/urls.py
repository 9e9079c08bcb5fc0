"""Addresses of 遴选."""

from django.urls import path

from feidi.portals.console.choosing import views

app_name = "choosing"
urlpatterns = [
    path("", views.choice_view, name="choice_view"),
    path("export/", views.choice_export, name="choice_export"),
    path("<str:uid>/", views.chance_state, name="chance_state"),
]
