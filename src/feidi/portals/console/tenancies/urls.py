"""Addresses: tenancies and what is due."""

from django.urls import path

from feidi.portals.console.tenancies import entering, leaving, money, views

app_name = "tenancies"
urlpatterns = [
    path("", views.tenancy_list, name="tenancy_list"),
    path("export/", views.tenancy_export, name="tenancy_export"),
    path("new/", entering.tenancy_new, name="tenancy_new"),
    path("charges/", money.charge_list, name="charge_list"),
    path("charges/export/", money.charge_export, name="charge_export"),
    path("charges/month/", money.month_charge, name="month_charge"),
    path("forgone/", money.forgone_list, name="forgone_list"),
    path("forgone/export/", money.forgone_export, name="forgone_export"),
    path("<str:uid>/", views.tenancy_view, name="tenancy_view"),
    path("<str:uid>/unit/", entering.unit_change, name="unit_change"),
    path("<str:uid>/extend/", entering.tenancy_extend, name="tenancy_extend"),
    path("<str:uid>/terms/", entering.terms_set, name="terms_set"),
    path("<str:uid>/charges/add/", money.charge_add, name="charge_add"),
    path("<str:uid>/charges/<str:entry>/receive/", money.receipt_add, name="receipt_add"),
    path("<str:uid>/charges/<str:entry>/void/", money.charge_void, name="charge_void"),
    path("<str:uid>/receipts/<str:entry>/void/", money.receipt_void, name="receipt_void"),
    path("<str:uid>/people/add/", entering.person_add, name="person_add"),
    path("<str:uid>/people/<str:entry>/end/", entering.person_end, name="person_end"),
    path("<str:uid>/people/<str:entry>/show/", entering.person_show, name="person_show"),
    path("<str:uid>/topics/add/", entering.topic_add, name="topic_add"),
    path("<str:uid>/topics/<str:entry>/close/", entering.topic_close, name="topic_close"),
    path("<str:uid>/exit/", leaving.exit_ask, name="exit_ask"),
    path("<str:uid>/exit/<str:entry>/tick/", leaving.exit_tick, name="exit_tick"),
    path("<str:uid>/exit/<str:entry>/decide/", leaving.exit_decide, name="exit_decide"),
    path("<str:uid>/exit/<str:entry>/withdraw/", leaving.exit_withdraw, name="exit_withdraw"),
]
