"""Addresses of introductions."""

from django.urls import path

from feidi.portals.console.introductions import acts, afterwards, figures, outcomes, views

app_name = "introductions"
urlpatterns = [
    path("", views.introduction_list, name="introduction_list"),
    path("export/", views.introduction_export, name="introduction_export"),
    path("new/", acts.introduction_new, name="introduction_new"),
    path("figures/", figures.introduction_figures, name="introduction_figures"),
    path("figures/days/", figures.days_list, name="days_list"),
    path("figures/days/export/", figures.days_export, name="days_export"),
    path("figures/contracts/", figures.contract_list, name="contract_list"),
    path("figures/contracts/export/", figures.contract_export, name="contract_export"),
    path("<str:uid>/", views.introduction_view, name="introduction_view"),
    path("<str:uid>/agree/<str:side>/", acts.introduction_agree, name="introduction_agree"),
    path("<str:uid>/reveal/", acts.introduction_reveal, name="introduction_reveal"),
    path("<str:uid>/end/", acts.introduction_end, name="introduction_end"),
    path("<str:uid>/back/", acts.introduction_back, name="introduction_back"),
    path("<str:uid>/void/", acts.introduction_void, name="introduction_void"),
    path("<str:uid>/meetings/add/", afterwards.meeting_add, name="meeting_add"),
    path("<str:uid>/meetings/<str:entry>/held/", afterwards.meeting_hold, name="meeting_hold"),
    path("<str:uid>/meetings/<str:entry>/cancel/", afterwards.meeting_cancel, name="meeting_cancel"),
    path("<str:uid>/trials/add/", afterwards.trial_add, name="trial_add"),
    path("<str:uid>/trials/<str:entry>/result/", afterwards.trial_result, name="trial_result"),
    path("<str:uid>/trials/<str:entry>/print/", afterwards.trial_print, name="trial_print"),
    path("<str:uid>/trials/<str:entry>/signed/", afterwards.trial_signed, name="trial_signed"),
    path("<str:uid>/trials/<str:entry>/void/", afterwards.trial_void, name="trial_void"),
    path("<str:uid>/outcomes/add/", outcomes.outcome_add, name="outcome_add"),
    path("<str:uid>/outcomes/<str:entry>/void/", outcomes.outcome_void, name="outcome_void"),
    path("<str:uid>/outcomes/<str:entry>/evidence/", outcomes.outcome_show, name="outcome_show"),
    path("<str:uid>/outcomes/<str:entry>/evidence/<str:item>/", outcomes.outcome_decide, name="outcome_decide"),
]
