"""Addresses of promises."""

from django.urls import path

from feidi.portals.console.promises import benefits, clauses, commitments

app_name = "promises"
urlpatterns = [
    path("", commitments.commitment_list, name="commitment_list"),
    path("export/", commitments.commitment_export, name="commitment_export"),
    path("agreement/<str:uid>/add/", commitments.commitment_add, name="commitment_add"),
    path("agreement/<str:uid>/share/", benefits.benefit_add, name="benefit_add"),
    path("agreement/<str:uid>/clauses/", clauses.clause_view, name="clause_view"),
    path("agreement/<str:uid>/clauses/save/", clauses.clause_save, name="clause_save"),
    path("agreement/<str:uid>/clauses/scan/", clauses.clause_scan, name="clause_scan"),
    path("shares/", benefits.benefit_list, name="benefit_list"),
    path("shares/export/", benefits.benefit_export, name="benefit_export"),
    path("shares/<str:uid>/", benefits.benefit_view, name="benefit_view"),
    path("shares/<str:uid>/settle/", benefits.settlement_add, name="settlement_add"),
    path("shares/<str:uid>/void/", benefits.benefit_void, name="benefit_void"),
    path("settlements/<str:uid>/void/", benefits.settlement_void, name="settlement_void"),
    path("clauses/", clauses.clause_list, name="clause_list"),
    path("clauses/export/", clauses.clause_export, name="clause_export"),
    path("clauses/<str:uid>/decide/", clauses.clause_decide, name="clause_decide"),
    path("<str:uid>/", commitments.commitment_view, name="commitment_view"),
    path("<str:uid>/evidence/", commitments.commitment_show, name="commitment_show"),
    path("<str:uid>/decide/<str:item>/", commitments.commitment_decide, name="commitment_decide"),
    path("<str:uid>/void/", commitments.commitment_void, name="commitment_void"),
]
