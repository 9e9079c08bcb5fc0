"""Addresses of the search."""

from django.urls import path

from feidi.portals.console.search import views

app_name = "search"
urlpatterns = [
    path("", views.search_view, name="search_view"),
    path("suggest/", views.search_suggest, name="search_suggest"),
]
