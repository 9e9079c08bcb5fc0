"""Addresses of the talent's confirmation."""

from django.urls import path

from feidi.portals.public.delivery import views

app_name = "delivery"
urlpatterns = [path("<str:token>/", views.case_confirm, name="case_confirm")]
