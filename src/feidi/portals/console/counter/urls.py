"""Addresses of the service counter."""

from django.urls import path

from feidi.portals.console.counter import acts, views

app_name = "counter"
urlpatterns = [
    path("", views.counter_view, name="counter_view"),
    path("register/", views.visit_list, name="visit_list"),
    path("export/", views.visit_export, name="visit_export"),
    path("<str:uid>/", views.visit_view, name="visit_view"),
    path("<str:uid>/hand/", acts.visit_hand, name="visit_hand"),
    path("<str:uid>/close/", acts.visit_close, name="visit_close"),
    path("<str:uid>/void/", acts.visit_void, name="visit_void"),
    path("<str:uid>/lead/", acts.visit_lead, name="visit_lead"),
]
