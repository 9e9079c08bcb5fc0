"""Addresses of claims."""

from django.urls import path

from feidi.portals.console.policy_claims import beginning, payouts, views

app_name = "policy_claims"
urlpatterns = [
    path("", views.claim_list, name="claim_list"),
    path("export/", views.claim_export, name="claim_export"),
    path("new/", beginning.claim_new, name="claim_new"),
    path("payouts/", payouts.payout_list, name="payout_list"),
    path("<str:uid>/", views.claim_view, name="claim_view"),
    path("<str:uid>/seen/", views.claim_record, name="claim_record"),
    path("<str:uid>/void/", views.claim_void, name="claim_void"),
    path("<str:uid>/materials/<str:kind>/", views.material_add, name="material_add"),
]
