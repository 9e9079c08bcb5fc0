"""Addresses of accounts and roles."""

from django.urls import path

from feidi.portals.console.accounts import acts, views

app_name = "accounts"
urlpatterns = [
    path("", views.user_list, name="user_list"),
    path("invite/", acts.user_invite, name="user_invite"),
    path("roles/<str:uid>/end/", acts.membership_end, name="membership_end"),
    path("<str:uid>/", views.user_view, name="user_view"),
    path("<str:uid>/edit/", acts.user_edit, name="user_edit"),
    path("<str:uid>/link/", acts.user_link, name="user_link"),
    path("<str:uid>/close/", acts.user_close, name="user_close"),
    path("<str:uid>/reopen/", acts.user_reopen, name="user_reopen"),
    path("<str:uid>/release/", acts.user_release, name="user_release"),
    path("<str:uid>/second-factor/", acts.second_factor_reset, name="second_factor_reset"),
    path("<str:uid>/role/", acts.membership_add, name="membership_add"),
]
