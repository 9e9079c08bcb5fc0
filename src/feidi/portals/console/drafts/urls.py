"""Addresses of drafting."""

from django.urls import path

from feidi.portals.console.drafts import views

app_name = "drafts"
urlpatterns = [
    path("", views.draft_list, name="draft_list"),
    path("start/", views.draft_start, name="draft_start"),
    path("edit/", views.draft_edit, name="draft_edit"),
    path("bands/", views.band_paste, name="band_paste"),
    path("<str:uid>/", views.draft_view, name="draft_view"),
    path("<str:uid>/approve/", views.draft_approve, name="draft_approve"),
    path("<str:uid>/return/", views.draft_return, name="draft_return"),
    path("<str:uid>/withdraw/", views.draft_withdraw, name="draft_withdraw"),
]
