"""Addresses of matchmaking days."""

from django.urls import path

from feidi.portals.console.matchmaking import acts, papers, views

app_name = "matchmaking"
urlpatterns = [
    path("", views.day_list, name="day_list"),
    path("export/", views.day_export, name="day_export"),
    path("new/", acts.day_new, name="day_new"),
    path("<str:uid>/", views.day_view, name="day_view"),
    path("<str:uid>/edit/", acts.day_edit, name="day_edit"),
    path("<str:uid>/arrange/", acts.day_arrange, name="day_arrange"),
    path("<str:uid>/place/", acts.day_place, name="day_place"),
    path("<str:uid>/void/", acts.day_void, name="day_void"),
    path("<str:uid>/paper/", papers.day_paper, name="day_paper"),
    path("<str:uid>/card/", papers.day_card, name="day_card"),
    path("<str:uid>/card.png", papers.day_image, name="day_image"),
    path("<str:uid>/workbook/", papers.day_workbook, name="day_workbook"),
    path("<str:uid>/meetings/<str:entry>/cancel/", acts.seat_cancel, name="seat_cancel"),
]
