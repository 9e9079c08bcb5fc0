"""Addresses of signing in and of one's own account."""

from django.urls import path

from feidi.portals.account import (
    invitation_views,
    mail_views,
    oidc_views,
    phone_views,
    second_factor_views,
    security_views,
    views,
)

app_name = "account"
urlpatterns = [
    path("login", views.login, name="login"),
    path("logout", views.logout, name="logout"),
    path("password", views.password_change, name="password_change"),
    path("language", views.language, name="language"),
    path("security", security_views.security, name="security"),
    path("invitation/<str:token>", invitation_views.invitation_accept, name="invitation_accept"),
    path("second-factor", second_factor_views.second_factor, name="second_factor"),
    path("totp/enrol", second_factor_views.totp_enrol, name="totp_enrol"),
    path("totp/remove", second_factor_views.totp_remove, name="totp_remove"),
    path("totp/recovery", second_factor_views.recovery_renew, name="recovery_renew"),
    path("sms", phone_views.sms_request, name="sms_request"),
    path("sms/code", phone_views.sms_enter, name="sms_enter"),
    path("phone", phone_views.phone_set, name="phone_set"),
    path("phone/code", phone_views.phone_confirm, name="phone_confirm"),
    path("phone/remove", phone_views.phone_remove, name="phone_remove"),
    path("mail", mail_views.mail, name="mail"),
    path("mail/stop/<str:token>", mail_views.mail_stop, name="mail_stop"),
    path("oidc/start", oidc_views.oidc_start, name="oidc_start"),
    path("oidc/callback", oidc_views.oidc_callback, name="oidc_callback"),
    path("oidc/bind", oidc_views.oidc_bind, name="oidc_bind"),
    path("oidc/unbind", oidc_views.oidc_unbind, name="oidc_unbind"),
]
