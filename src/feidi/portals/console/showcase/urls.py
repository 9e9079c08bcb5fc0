"""Addresses of the public showcase in the console."""

from django.urls import URLPattern, URLResolver

app_name = "showcase"
urlpatterns: list[URLPattern | URLResolver] = []
