"""Addresses of packages of data that were handed over."""

from django.urls import path

from feidi.portals.console.data_handovers import views

app_name = "data_handovers"
urlpatterns = [
    path("", views.package_list, name="package_list"),
    path("<str:uid>/", views.package_view, name="package_view"),
    path("<str:uid>/receipt/", views.receipt_record, name="receipt_record"),
    path("<str:uid>/signed/", views.receipt_signed, name="receipt_signed"),
]
