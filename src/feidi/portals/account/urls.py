"""Addresses of signing in and of one's own account."""

from django.urls import path

from feidi.portals.account import views

app_name = "account"
urlpatterns = [
    path("login", views.login, name="login"),
    path("logout", views.logout, name="logout"),
    path("password", views.password_change, name="password_change"),
    path("language", views.language, name="language"),
]
