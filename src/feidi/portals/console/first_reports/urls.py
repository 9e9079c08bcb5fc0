"""Addresses of first reports."""

from django.urls import path

from feidi.portals.console.first_reports.views import cards, claims, disputes, lists, rulings

app_name = "first_reports"
urlpatterns = [
    path("", lists.report_list, name="report_list"),
    path("export/", lists.report_export, name="report_export"),
    path("ledger/", lists.ledger_confirm, name="ledger_confirm"),
    path("disputes/", lists.dispute_list, name="dispute_list"),
    path("disputes/<str:uid>/", disputes.dispute_view, name="dispute_view"),
    path("disputes/<str:uid>/answer/", disputes.dispute_answer, name="dispute_answer"),
    path("disputes/<str:uid>/withdraw/", disputes.dispute_withdraw, name="dispute_withdraw"),
    path("disputes/<str:uid>/rule/", disputes.dispute_rule, name="dispute_rule"),
    path("disputes/<str:uid>/paper/<str:claim>/", rulings.ruling_print, name="ruling_print"),
    path("disputes/<str:uid>/signed/<str:claim>/", rulings.ruling_signed, name="ruling_signed"),
    path("projects/<str:uid>/claim/", claims.report_claim, name="report_claim"),
    path("projects/<str:uid>/card/", cards.card_view, name="card_view"),
    path("projects/<str:uid>/card.png", cards.card_image, name="card_image"),
    path("<str:uid>/check/", claims.report_check, name="report_check"),
    path("<str:uid>/renew/", claims.report_renew, name="report_renew"),
    path("<str:uid>/grant/", claims.report_grant, name="report_grant"),
    path("<str:uid>/transfer/", claims.report_transfer, name="report_transfer"),
    path("<str:uid>/dispute/", disputes.dispute_raise, name="dispute_raise"),
]
