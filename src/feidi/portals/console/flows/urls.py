"""Addresses of the factor flows."""

from django.urls import path

from feidi.portals.console.flows import acts, chains, views

app_name = "flows"
urlpatterns = [
    path("", views.flow_overview, name="flow_overview"),
    path("entries/", views.entry_list, name="entry_list"),
    path("entries/export/", views.entry_export, name="entry_export"),
    path("entries/rebuild/", acts.flow_rebuild, name="flow_rebuild"),
    path("entries/<str:uid>/", views.entry_view, name="entry_view"),
    path("entries/<str:uid>/counter/", acts.entry_counter, name="entry_counter"),
    path("chains/", chains.chain_view, name="chain_view"),
    path("gathering/", chains.gathering_view, name="gathering_view"),
    path("waiting/", acts.waiting_list, name="waiting_list"),
    path("waiting/aside/<str:uid>/return/", acts.aside_return, name="aside_return"),
    path("waiting/<str:kind>/<str:uid>/enter/", acts.waiting_enter, name="waiting_enter"),
    path("waiting/<str:kind>/<str:uid>/aside/", acts.waiting_aside, name="waiting_aside"),
]
