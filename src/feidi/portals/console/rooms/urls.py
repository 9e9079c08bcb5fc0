"""Addresses: the outpost's rooms, bookings and floor plan."""

from django.urls import URLPattern

app_name = "rooms"
urlpatterns: list[URLPattern] = []
