"""Addresses of costs."""

from django.urls import path

from feidi.portals.console.costs import views

app_name = "costs"
urlpatterns = [
    path("", views.cost_compare, name="cost_compare"),
    path("print/", views.cost_print, name="cost_print"),
    path("export/", views.cost_export, name="cost_export"),
    path("figures/", views.figure_list, name="figure_list"),
]
