"""Addresses: playbooks and their runs."""

from django.urls import URLPattern

app_name = "playbooks"
urlpatterns: list[URLPattern] = []
