"""Addresses of a judge who signs in, and of a team's letters."""

from django.urls import path

from feidi.portals.workspace.judging import interests, views

app_name = "judging"
urlpatterns = [
    path("", views.desk_list, name="desk_list"),
    path("interest/", interests.interest_say, name="interest_say"),
    path("letters/", views.letter_list, name="letter_list"),
    path("letters/<str:uid>/", views.letter_view, name="letter_view"),
    path("<str:uid>/", views.desk_view, name="desk_view"),
    path("<str:uid>/declare/", views.desk_declare, name="desk_declare"),
    path("<str:uid>/<str:entry>/", views.sheet_score, name="sheet_score"),
]
