"""Addresses of the figures K01-K40 as tiles, targets, closings."""

from django.urls import URLPattern, URLResolver

app_name = "indicators"
urlpatterns: list[URLPattern | URLResolver] = []
