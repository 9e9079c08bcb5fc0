"""Addresses of background jobs."""

from django.urls import path

from feidi.portals.console.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<str:uid>/", views.job_view, name="job_view"),
    path("<str:uid>/poll/", views.job_poll, name="job_poll"),
    path("<str:uid>/cancel/", views.job_cancel, name="job_cancel"),
]
