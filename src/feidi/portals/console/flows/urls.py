"""Addresses of the factor flows."""

from django.urls import URLPattern, URLResolver

app_name = "flows"
urlpatterns: list[URLPattern | URLResolver] = []
