"""Addresses of figures."""

from django.urls import path

from feidi.portals.console.figures import definitions, views

app_name = "figures"
urlpatterns = [
    path("", views.figure_overview, name="figure_overview"),
    path("all/", views.figure_list, name="figure_list"),
    path("card/", views.card_view, name="card_view"),
    path("card.png", views.card_image, name="card_image"),
    path("plaques/", views.figure_plaques, name="figure_plaques"),
    path("rows/", views.figure_rows, name="figure_rows"),
    path("export/", views.figure_export, name="figure_export"),
    path("definitions/", definitions.definition_list, name="definition_list"),
    path("definitions/new/<str:uid>/", definitions.definition_make, name="definition_make"),
    path("definitions/<str:uid>/", definitions.definition_view, name="definition_view"),
    path("definitions/<str:uid>/print/", definitions.definition_print, name="definition_print"),
    path("definitions/<str:uid>/signed/", definitions.definition_signed, name="definition_signed"),
]
