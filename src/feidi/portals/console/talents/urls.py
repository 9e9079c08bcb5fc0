"""Addresses: talents and green-channel cases."""

from django.urls import URLPattern

app_name = "talents"
urlpatterns: list[URLPattern] = []
