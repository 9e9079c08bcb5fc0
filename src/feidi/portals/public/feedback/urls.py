"""Addresses of the one-minute questions."""

from django.urls import path

from feidi.portals.public.feedback import views

app_name = "feedback"
urlpatterns = [path("<str:token>/", views.answer_give, name="answer_give")]
