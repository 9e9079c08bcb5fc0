"""Addresses of targets and of diligence."""

from django.urls import path

from feidi.portals.console.targets import adding, chains, diligence, views

app_name = "targets"
urlpatterns = [
    path("", views.target_list, name="target_list"),
    path("export/", views.target_export, name="target_export"),
    path("chains/", chains.chain_list, name="chain_list"),
    path("new/", adding.target_new, name="target_new"),
    path("paste/", adding.target_paste, name="target_paste"),
    path("import/", adding.target_import, name="target_import"),
    path("assign/", views.target_assign, name="target_assign"),
    path("diligence/<str:uid>/void/", diligence.diligence_void, name="diligence_void"),
    path("diligence/<str:uid>/<str:item>/", diligence.diligence_add, name="diligence_add"),
    path("<str:uid>/", views.target_view, name="target_view"),
    path("<str:uid>/edit/", adding.target_edit, name="target_edit"),
    path("<str:uid>/contact/", views.target_contact, name="target_contact"),
    path("<str:uid>/talk/", views.target_talk, name="target_talk"),
    path("<str:uid>/void/", views.target_void, name="target_void"),
]
