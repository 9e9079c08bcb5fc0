"""Addresses of roadshows."""

from django.urls import URLPattern, URLResolver

app_name = "roadshows"
urlpatterns: list[URLPattern | URLResolver] = []
