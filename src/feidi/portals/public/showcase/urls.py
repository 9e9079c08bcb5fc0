"""Addresses of the public site."""

from django.urls import URLPattern, URLResolver

app_name = "showcase"
urlpatterns: list[URLPattern | URLResolver] = []
