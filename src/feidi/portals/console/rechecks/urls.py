"""Addresses of yearly re-verification."""

from django.urls import path

from feidi.portals.console.rechecks import rounds, views

app_name = "rechecks"
urlpatterns = [
    path("", views.recheck_list, name="recheck_list"),
    path("export/", views.recheck_export, name="recheck_export"),
    path("retention/", views.retention_view, name="retention_view"),
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<str:uid>/", rounds.round_view, name="round_view"),
    path("rounds/<str:uid>/link/", rounds.round_renew, name="round_renew"),
    path("rounds/<str:uid>/revoke/", rounds.round_revoke, name="round_revoke"),
    path("<str:uid>/confirm/", views.recheck_confirm, name="recheck_confirm"),
]
