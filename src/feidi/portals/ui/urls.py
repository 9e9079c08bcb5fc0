"""Addresses of the frame's own pages."""

from django.urls import path

from feidi.portals.ui import gallery, views

app_name = "ui"
urlpatterns = [
    path("gallery", gallery.gallery, name="gallery"),
    path("menu", views.menu, name="menu"),
    path("watermark.svg", views.watermark, name="watermark"),
]
