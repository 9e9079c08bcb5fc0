"""Addresses: milestones, reports, services, outcomes."""

from django.urls import URLPattern

app_name = "incubation"
urlpatterns: list[URLPattern] = []
