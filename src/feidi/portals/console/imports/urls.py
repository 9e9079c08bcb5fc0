"""Addresses of the import wizard."""

from django.urls import path

from feidi.portals.console.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("new/", views.import_new, name="import_new"),
    path("<str:uid>/columns/", views.import_columns, name="import_columns"),
    path("<str:uid>/preview/", views.import_preview, name="import_preview"),
    path("<str:uid>/rows/<int:row>/", views.import_decide, name="import_decide"),
    path("<str:uid>/commit/", views.import_commit, name="import_commit"),
    path("<str:uid>/done/", views.import_done, name="import_done"),
    path("<str:uid>/errors/", views.import_errors, name="import_errors"),
    path("<str:uid>/undo/", views.import_undo, name="import_undo"),
]
