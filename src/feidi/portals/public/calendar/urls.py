"""Addresses of calendar links."""

from django.urls import path

from feidi.portals.public.calendar import views

app_name = "calendar"
urlpatterns = [path("<str:token>/", views.feed_read, name="feed_read")]
