"""Addresses of files."""

from django.urls import path

from feidi.portals.console.files import views

app_name = "files"
urlpatterns = [
    path("<str:uid>/", views.file_view, name="file_view"),
]
