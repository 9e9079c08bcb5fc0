"""Addresses of the public application."""

from django.urls import path

from feidi.portals.public.apply import acts, views

app_name = "apply"
urlpatterns = [
    path("", acts.application_start, name="application_start"),
    path("track/", acts.application_track, name="application_track"),
    path("<str:secret>/", views.application_view, name="application_view"),
    path("<str:secret>/part/<str:section>/", acts.section_answer, name="section_answer"),
    path("<str:secret>/send/", acts.application_send, name="application_send"),
    path("<str:secret>/withdraw/", acts.application_withdraw, name="application_withdraw"),
    path("<str:secret>/answer/", views.answer_view, name="answer_view"),
    path("<str:secret>/files/<str:entry>/remove/", acts.file_remove, name="file_remove"),
]
