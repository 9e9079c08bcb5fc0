"""Addresses of trips."""

from django.urls import path

from feidi.portals.console.trips import acts, papers, views

app_name = "trips"
urlpatterns = [
    path("", views.trip_list, name="trip_list"),
    path("export/", views.trip_export, name="trip_export"),
    path("new/", views.trip_new, name="trip_new"),
    path("stops/<str:uid>/edit/", acts.stop_edit, name="stop_edit"),
    path("stops/<str:uid>/timeline/", acts.stop_record, name="stop_record"),
    path("stops/<str:uid>/void/", acts.stop_void, name="stop_void"),
    path("<str:uid>/", views.trip_view, name="trip_view"),
    path("<str:uid>/edit/", views.trip_edit, name="trip_edit"),
    path("<str:uid>/stops/", acts.stop_add, name="stop_add"),
    path("<str:uid>/result/", acts.trip_result, name="trip_result"),
    path("<str:uid>/void/", acts.trip_void, name="trip_void"),
    path("<str:uid>/itinerary/", papers.itinerary_download, name="itinerary_download"),
    path("<str:uid>/sign-in/", papers.sign_in_download, name="sign_in_download"),
]
