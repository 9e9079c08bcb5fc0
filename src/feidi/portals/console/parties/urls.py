"""Addresses of organizations and persons."""

from django.urls import path

from feidi.portals.console.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.organization_list, name="organization_list"),
    path("lookup/", views.organization_lookup, name="organization_lookup"),
    path("contacts/<str:uid>/unmask/", views.contact_unmask, name="contact_unmask"),
    path("<str:uid>/", views.organization_view, name="organization_view"),
]
