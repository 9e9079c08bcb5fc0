"""Addresses of the exhibition hall."""

from django.urls import URLPattern, URLResolver

app_name = "exhibition"
urlpatterns: list[URLPattern | URLResolver] = []
