"""Addresses of the wall."""

from django.urls import path

from feidi.portals.wall import settings, views

app_name = "wall"
urlpatterns = [
    path("", views.wall_view, name="wall_view"),
    path("screen/<str:token>/", views.screen_view, name="screen_view"),
    path("screen/<str:token>/map/", views.screen_map, name="screen_map"),
    path("screen/<str:token>/<slug:code>/", views.screen_scene, name="screen_scene"),
    path("settings/<str:uid>/", settings.setting_view, name="setting_view"),
    path("settings/<str:uid>/screens/make/", settings.screen_make, name="screen_make"),
    path("settings/<str:uid>/scenes/", settings.scene_save, name="scene_save"),
    path("settings/<str:uid>/map/load/", settings.map_load, name="map_load"),
    path("screens/<str:uid>/revoke/", settings.screen_revoke, name="screen_revoke"),
    path("maps/<str:uid>/void/", settings.map_void, name="map_void"),
    path("maps/<str:uid>/", views.map_picture, name="map_picture"),
    path("<str:uid>/<slug:code>/", views.scene_view, name="scene_view"),
]
