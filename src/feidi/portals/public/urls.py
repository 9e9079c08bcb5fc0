"""Addresses that need no sign-in."""

from django.urls import include, path

app_name = "public"
urlpatterns = [path("recheck/", include("feidi.portals.public.recheck.urls"))]
