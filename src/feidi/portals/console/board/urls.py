"""Addresses of the board."""

from django.urls import path

from feidi.portals.console.board import views

app_name = "board"
urlpatterns = [
    path("", views.board_view, name="board_view"),
    path("column/", views.board_column, name="board_column"),
    path("<str:uid>/move/", views.board_move, name="board_move"),
]
