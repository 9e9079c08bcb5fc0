"""Addresses of the figures K01-K40 as tiles, targets, closings."""

from django.urls import path

from feidi.portals.console.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.indicator_overview, name="indicator_overview"),
    path("all/", views.indicator_list, name="indicator_list"),
    path("of/<str:code>/", views.indicator_view, name="indicator_view"),
    path("of/<str:code>/rows/", views.indicator_rows, name="indicator_rows"),
]
