"""Addresses of who is who, titles and stand-ins."""

from django.urls import path

from feidi.portals.console.who.views import merges, pairs, stand_ins, titles

app_name = "who"
urlpatterns = [
    path("pairs/", pairs.pair_list, name="pair_list"),
    path("pairs/<str:uid>/", pairs.pair_view, name="pair_view"),
    path("pairs/<str:uid>/decide/", pairs.pair_decide, name="pair_decide"),
    path("pairs/<str:uid>/reopen/", pairs.pair_reopen, name="pair_reopen"),
    path("pairs/<str:uid>/merge/", merges.merge_new, name="merge_new"),
    path("compare/<str:uid>/", pairs.pair_add, name="pair_add"),
    path("merges/<str:uid>/", merges.merge_view, name="merge_view"),
    path("merges/<str:uid>/undo/", merges.merge_undo, name="merge_undo"),
    path("titles/", titles.title_list, name="title_list"),
    path("titles/export/", titles.title_export, name="title_export"),
    path("titles/new/", titles.title_new, name="title_new"),
    path("titles/paste/", titles.title_paste, name="title_paste"),
    path("titles/of/<str:uid>/", titles.title_add, name="title_add"),
    path("titles/<str:uid>/", titles.title_view, name="title_view"),
    path("titles/<str:uid>/renew/", titles.title_renew, name="title_renew"),
    path("titles/<str:uid>/void/", titles.title_void, name="title_void"),
    path("stand-ins/", stand_ins.stand_in_list, name="stand_in_list"),
    path("stand-ins/new/", stand_ins.stand_in_add, name="stand_in_add"),
    path("stand-ins/<str:uid>/void/", stand_ins.stand_in_void, name="stand_in_void"),
]
