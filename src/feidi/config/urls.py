"""Addresses of all portals. The console is the root; every other audience has a prefix of its own."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("feidi.portals.account.urls")),
    path("ui/", include("feidi.portals.ui.urls")),
    path("public/", include("feidi.portals.public.urls")),
    path("wall/", include("feidi.portals.wall.urls")),
    path("my/", include("feidi.portals.workspace.urls")),
    path("", include("feidi.portals.console.urls")),
]
