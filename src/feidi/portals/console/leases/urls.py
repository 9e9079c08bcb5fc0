"""Addresses of head leases."""

from django.urls import path

from feidi.portals.console.leases import views

app_name = "leases"
urlpatterns = [
    path("", views.lease_list, name="lease_list"),
    path("export/", views.lease_export, name="lease_export"),
    path("new/", views.lease_new, name="lease_new"),
    path("<str:uid>/", views.lease_view, name="lease_view"),
    path("<str:uid>/edit/", views.lease_edit, name="lease_edit"),
    path("<str:uid>/void/", views.lease_void, name="lease_void"),
]
