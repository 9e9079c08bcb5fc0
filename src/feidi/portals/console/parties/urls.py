"""Addresses of organizations and persons."""

from django.urls import path

from feidi.portals.console.parties import corrections, views

app_name = "parties"
urlpatterns = [
    path("", views.organization_list, name="organization_list"),
    path("export/", views.organization_export, name="organization_export"),
    path("lookup/", views.organization_lookup, name="organization_lookup"),
    path("contacts/<str:uid>/unmask/", views.contact_unmask, name="contact_unmask"),
    path("<str:uid>/", views.organization_view, name="organization_view"),
    path("<str:uid>/number/", corrections.organization_number, name="organization_number"),
    path("<str:uid>/rename/", corrections.organization_rename, name="organization_rename"),
    path("<str:uid>/alias/", corrections.alias_add, name="alias_add"),
    path("<str:uid>/alias/drop/", corrections.alias_drop, name="alias_drop"),
    path("<str:uid>/continue/", corrections.organization_continue, name="organization_continue"),
]
