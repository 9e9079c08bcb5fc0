"""Addresses of operating contracts."""

from django.urls import path

from feidi.portals.console.contracts import entries, sheets, views

app_name = "contracts"
_YEAR = "<str:uid>/years/<int:year>"
urlpatterns = [
    path("", views.contract_list, name="contract_list"),
    path("export/", views.contract_export, name="contract_export"),
    path("new/", views.contract_new, name="contract_new"),
    path("<str:uid>/", views.contract_view, name="contract_view"),
    path("<str:uid>/edit/", entries.contract_edit, name="contract_edit"),
    path("<str:uid>/costs/", views.cost_list, name="cost_list"),
    path("<str:uid>/costs/export/", views.cost_export, name="cost_export"),
    path("<str:uid>/costs/add/", entries.cost_add, name="cost_add"),
    path("<str:uid>/budget/", entries.budget_set, name="budget_set"),
    path("<str:uid>/payments/add/", entries.payment_add, name="payment_add"),
    path("<str:uid>/payments/<str:entry>/paid/", entries.payment_paid, name="payment_paid"),
    path("<str:uid>/resources/add/", entries.resource_add, name="resource_add"),
    path("<str:uid>/resources/<str:entry>/use/", entries.resource_use, name="resource_use"),
    path("<str:uid>/void/<str:kind>/<str:entry>/", entries.entry_void, name="entry_void"),
    path(f"{_YEAR}/unit-cost/", views.unit_cost_view, name="unit_cost_view"),
    path(f"{_YEAR}/indicators/", sheets.indicator_list, name="indicator_list"),
    path(f"{_YEAR}/indicators/add/", sheets.indicator_add, name="indicator_add"),
    path(f"{_YEAR}/indicators/<str:entry>/void/", sheets.indicator_void, name="indicator_void"),
    path(f"{_YEAR}/", sheets.sheet_view, name="sheet_view"),
    path(f"{_YEAR}/self/", sheets.sheet_self, name="sheet_self"),
    path(f"{_YEAR}/score/", sheets.sheet_score, name="sheet_score"),
    path(f"{_YEAR}/freeze/", sheets.sheet_freeze, name="sheet_freeze"),
    path(f"{_YEAR}/correct/", sheets.sheet_correct, name="sheet_correct"),
    path(f"{_YEAR}/print/", sheets.sheet_print, name="sheet_print"),
    path(f"{_YEAR}/signed/", sheets.sheet_signed, name="sheet_signed"),
    path(f"{_YEAR}/export/", sheets.sheet_export, name="sheet_export"),
    path(f"{_YEAR}/items/<str:entry>/", sheets.item_rows, name="item_rows"),
    path(f"{_YEAR}/items/<str:entry>/dispute/", sheets.item_dispute, name="item_dispute"),
    path(f"{_YEAR}/items/<str:entry>/settle/", sheets.item_settle, name="item_settle"),
]
