"""Addresses of submissions."""

from django.urls import path

from feidi.portals.console.submissions import views

app_name = "submissions"
urlpatterns = [
    path("", views.submission_list, name="submission_list"),
    path("new/<str:uid>/", views.submission_new, name="submission_new"),
    path("<str:uid>/", views.submission_view, name="submission_view"),
    path("<str:uid>/export/", views.submission_export, name="submission_export"),
    path("<str:uid>/print/", views.confirmation_print, name="confirmation_print"),
    path("<str:uid>/signed/", views.confirmation_signed, name="confirmation_signed"),
]
