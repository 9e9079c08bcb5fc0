"""Addresses of the code on a room's door."""

from django.urls import path

from feidi.portals.public.door import views

app_name = "door"
urlpatterns = [path("<str:token>/", views.door_view, name="door_view")]
