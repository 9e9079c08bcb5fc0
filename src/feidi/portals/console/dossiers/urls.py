"""Addresses of dossiers."""

from django.urls import path

from feidi.portals.console.dossiers import views

app_name = "dossiers"
urlpatterns = [path("<str:uid>/", views.dossier_download, name="dossier_download")]
