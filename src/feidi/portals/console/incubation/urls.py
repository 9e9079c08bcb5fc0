"""Addresses: milestones, reports, services, mentors, results, warnings, statistics."""

from django.urls import path

from feidi.portals.console.incubation import mentors, milestones, outcomes, reports, requests, statistics

app_name = "incubation"
urlpatterns = [
    path("milestones/", milestones.milestone_list, name="milestone_list"),
    path("milestones/<str:uid>/", milestones.milestone_view, name="milestone_view"),
    path("milestones/<str:uid>/show/", milestones.milestone_show, name="milestone_show"),
    path("milestones/<str:uid>/move/", milestones.milestone_move, name="milestone_move"),
    path("milestones/<str:uid>/drop/", milestones.milestone_drop, name="milestone_drop"),
    path("milestones/<str:uid>/decide/<str:item>/", milestones.milestone_decide, name="milestone_decide"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/<str:uid>/", reports.report_view, name="report_view"),
    path("reports/<str:uid>/answer/", reports.report_answer, name="report_answer"),
    path("reports/<str:uid>/decide/", reports.report_decide, name="report_decide"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/<str:uid>/", requests.request_view, name="request_view"),
    path("requests/<str:uid>/take/", requests.request_take, name="request_take"),
    path("requests/<str:uid>/end/", requests.request_end, name="request_end"),
    path("requests/<str:uid>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("mentors/", mentors.mentor_list, name="mentor_list"),
    path("mentors/new/", mentors.mentor_new, name="mentor_new"),
    path("mentors/<str:uid>/", mentors.mentor_view, name="mentor_view"),
    path("mentors/<str:uid>/end/", mentors.mentor_end, name="mentor_end"),
    path("mentors/<str:uid>/hours/", mentors.hours_open, name="hours_open"),
    path("hours/<str:uid>/take/", mentors.hour_take, name="hour_take"),
    path("hours/<str:uid>/back/", mentors.hour_back, name="hour_back"),
    path("hours/<str:uid>/hold/", mentors.hour_hold, name="hour_hold"),
    path("outcomes/", outcomes.outcome_list, name="outcome_list"),
    path("outcomes/export/", outcomes.outcome_export, name="outcome_export"),
    path("outcomes/<str:uid>/", outcomes.outcome_view, name="outcome_view"),
    path("outcomes/<str:uid>/show/", outcomes.outcome_show, name="outcome_show"),
    path("outcomes/<str:uid>/void/", outcomes.outcome_void, name="outcome_void"),
    path("outcomes/<str:uid>/decide/<str:item>/", outcomes.outcome_decide, name="outcome_decide"),
    path("warnings/", outcomes.warning_list, name="warning_list"),
    path("statistics/", statistics.statistics_view, name="statistics_view"),
    path("statistics/export/", statistics.statistics_export, name="statistics_export"),
    path("statistics/freeze/", statistics.year_freeze, name="year_freeze"),
    path("statistics/<str:uid>/void/", statistics.year_void, name="year_void"),
    path("tenancies/<str:uid>/milestones/add/", milestones.milestone_add, name="milestone_add"),
    path("tenancies/<str:uid>/requests/add/", requests.request_add, name="request_add"),
    path("tenancies/<str:uid>/visits/add/", requests.visit_add, name="visit_add"),
    path("tenancies/<str:uid>/outcomes/add/", outcomes.outcome_add, name="outcome_add"),
]
