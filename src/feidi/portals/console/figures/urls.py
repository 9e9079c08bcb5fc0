"""Addresses of figures."""

from django.urls import path

from feidi.portals.console.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figure_overview, name="figure_overview"),
    path("all/", views.figure_list, name="figure_list"),
    path("plaques/", views.figure_plaques, name="figure_plaques"),
    path("rows/", views.figure_rows, name="figure_rows"),
    path("export/", views.figure_export, name="figure_export"),
]
