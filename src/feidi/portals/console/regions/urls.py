"""Addresses of industry tables and their 互补点."""

from django.urls import path

from feidi.portals.console.regions import answers, flows, views

app_name = "regions"
urlpatterns = [
    path("", views.table_list, name="table_list"),
    path("new/", views.table_new, name="table_new"),
    path("export/", views.table_export, name="table_export"),
    path("flows/", flows.flow_list, name="flow_list"),
    path("flows/new/", flows.flow_new, name="flow_new"),
    path("flows/<str:uid>/", flows.flow_view, name="flow_view"),
    path("flows/<str:uid>/void/", flows.flow_void, name="flow_void"),
    path("<str:uid>/", answers.table_view, name="table_view"),
    path("<str:uid>/void/", views.table_void, name="table_void"),
    path("<str:uid>/export/", answers.point_export, name="point_export"),
    path("<str:uid>/point/", answers.point_view, name="point_view"),
    path("<str:uid>/industry/", answers.industry_view, name="industry_view"),
    path("<str:uid>/card/", answers.card_view, name="card_view"),
    path("<str:uid>/card.png", answers.card_image, name="card_image"),
]
