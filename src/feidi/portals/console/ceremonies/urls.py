"""Addresses of signing ceremonies."""

from django.urls import path

from feidi.portals.console.ceremonies import acts, papers, views

app_name = "ceremonies"
urlpatterns = [
    path("", views.ceremony_list, name="ceremony_list"),
    path("export/", views.ceremony_export, name="ceremony_export"),
    path("new/", views.ceremony_new, name="ceremony_new"),
    path("items/<str:uid>/edit/", acts.item_edit, name="item_edit"),
    path("items/<str:uid>/move/", acts.item_move, name="item_move"),
    path("items/<str:uid>/remove/", acts.item_remove, name="item_remove"),
    path("<str:uid>/", views.ceremony_view, name="ceremony_view"),
    path("<str:uid>/edit/", views.ceremony_edit, name="ceremony_edit"),
    path("<str:uid>/items/", acts.item_add, name="item_add"),
    path("<str:uid>/void/", acts.ceremony_void, name="ceremony_void"),
    path("<str:uid>/list/", papers.list_download, name="list_download"),
    path("<str:uid>/script/", papers.script_download, name="script_download"),
    path("<str:uid>/cards/", papers.cards_download, name="cards_download"),
]
