"""Addresses for judges who come by link, and for investors in the room."""

from django.urls import path

from feidi.portals.public.judging import views

app_name = "judging"
urlpatterns = [
    path("interest/<str:code>/", views.interest_show, name="interest_show"),
    path("<str:token>/", views.judge_desk, name="judge_desk"),
    path("<str:token>/<str:entry>/", views.judge_sheet, name="judge_sheet"),
]
