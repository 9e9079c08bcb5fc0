"""Addresses of the figures K01-K40 as tiles, targets, closings."""

from django.urls import path

from feidi.portals.console.indicators import closings, sheets, views

app_name = "indicators"
urlpatterns = [
    path("", views.indicator_overview, name="indicator_overview"),
    path("all/", views.indicator_list, name="indicator_list"),
    path("export/", views.indicator_export, name="indicator_export"),
    path("of/<str:code>/", views.indicator_view, name="indicator_view"),
    path("of/<str:code>/rows/", views.indicator_rows, name="indicator_rows"),
    path("of/<str:code>/rows/export/", views.rows_export, name="rows_export"),
    path("choice/<str:uid>/", closings.indicator_choose, name="indicator_choose"),
    path("sheets/<str:code>/", sheets.sheet_view, name="sheet_view"),
    path("sheets/<str:code>/export/", sheets.sheet_export, name="sheet_export"),
    path("closings/", closings.closing_list, name="closing_list"),
    path("closings/new/<str:uid>/", closings.closing_make, name="closing_make"),
    path("closings/<str:uid>/", closings.closing_view, name="closing_view"),
]
