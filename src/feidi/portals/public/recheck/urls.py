"""Addresses of the township's page."""

from django.urls import path

from feidi.portals.public.recheck import views

app_name = "recheck"
urlpatterns = [path("<str:token>/", views.round_answer, name="round_answer")]
