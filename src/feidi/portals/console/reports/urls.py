"""Addresses of periodic reports, their plans, robots of groups, and a visit of leaders."""

from django.urls import path

from feidi.portals.console.reports.views import acts, plans, received, reports, robots, visits

app_name = "reports"
urlpatterns = [
    path("", reports.report_list, name="report_list"),
    path("export/", reports.report_export, name="report_export"),
    path("new/", reports.report_new, name="report_new"),
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<str:uid>/", plans.plan_edit, name="plan_edit"),
    path("plans/<str:uid>/void/", plans.plan_void, name="plan_void"),
    path("robots/", robots.robot_list, name="robot_list"),
    path("robots/new/", robots.robot_new, name="robot_new"),
    path("robots/<str:uid>/test/", robots.robot_test, name="robot_test"),
    path("robots/<str:uid>/void/", robots.robot_void, name="robot_void"),
    path("received/", received.received_list, name="received_list"),
    path("received/export/", received.received_export, name="received_export"),
    path("received/<str:uid>/", received.received_view, name="received_view"),
    path("received/<str:uid>/sign/", received.received_sign, name="received_sign"),
    path("received/<str:uid>/files/<str:form>/", received.received_download, name="received_download"),
    path("visit/", visits.visit_view, name="visit_view"),
    path("visit/outline/", visits.visit_outline, name="visit_outline"),
    path("visit/card.png", visits.visit_card, name="visit_card"),
    path("visit/sign-in/", visits.visit_sign_in, name="visit_sign_in"),
    path("<str:uid>/", reports.report_view, name="report_view"),
    path("<str:uid>/text/", acts.text_edit, name="text_edit"),
    path("<str:uid>/refresh/", acts.report_refresh, name="report_refresh"),
    path("<str:uid>/approve/", acts.report_approve, name="report_approve"),
    path("<str:uid>/send/", acts.report_send, name="report_send"),
    path("<str:uid>/archive/", acts.report_archive, name="report_archive"),
    path("<str:uid>/revise/", acts.report_revise, name="report_revise"),
    path("<str:uid>/void/", acts.report_void, name="report_void"),
    path("<str:uid>/check/", acts.report_check, name="report_check"),
    path("<str:uid>/verify/", reports.report_verify, name="report_verify"),
    path("<str:uid>/files/<str:form>/", reports.report_download, name="report_download"),
]
