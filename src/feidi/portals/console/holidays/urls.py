"""Addresses of holiday notices."""

from django.urls import path

from feidi.portals.console.holidays import views

app_name = "holidays"
urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("new/", views.notice_add, name="notice_add"),
    path("<int:year>/", views.notice_view, name="notice_view"),
]
