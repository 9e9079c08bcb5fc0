"""Addresses of the exhibition hall in the console."""

from django.urls import path

from feidi.portals.console.exhibition import exhibits, visits

app_name = "exhibition"
urlpatterns = [
    path("", visits.visit_list, name="visit_list"),
    path("export/", visits.visit_export, name="visit_export"),
    path("new/", visits.visit_new, name="visit_new"),
    path("exhibits/", exhibits.exhibit_list, name="exhibit_list"),
    path("labels/", exhibits.label_list, name="label_list"),
    path("labels/<str:uid>/", exhibits.label_view, name="label_view"),
    path("<str:uid>/", visits.visit_view, name="visit_view"),
    path("<str:uid>/edit/", visits.visit_edit, name="visit_edit"),
    path("<str:uid>/way/", visits.visit_way, name="visit_way"),
    path("<str:uid>/people/", visits.visit_people, name="visit_people"),
    path("<str:uid>/finish/", visits.visit_finish, name="visit_finish"),
    path("<str:uid>/cancel/", visits.visit_cancel, name="visit_cancel"),
    path("<str:uid>/unmask/", visits.visit_unmask, name="visit_unmask"),
    path("<str:uid>/print/", visits.visit_print, name="visit_print"),
]
