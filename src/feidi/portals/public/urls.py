"""Addresses that need no sign-in."""

from django.urls import include, path

app_name = "public"
urlpatterns = [
    path("apply/", include("feidi.portals.public.apply.urls")),
    path("recheck/", include("feidi.portals.public.recheck.urls")),
    path("delivery/", include("feidi.portals.public.delivery.urls")),
    path("calendar/", include("feidi.portals.public.calendar.urls")),
    path("door/", include("feidi.portals.public.door.urls")),
    path("events/", include("feidi.portals.public.events.urls")),
    path("feedback/", include("feidi.portals.public.feedback.urls")),
    path("judging/", include("feidi.portals.public.judging.urls")),
    path("", include("feidi.portals.public.showcase.urls")),
]
