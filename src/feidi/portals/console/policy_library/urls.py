"""Addresses of the policy library."""

from django.urls import path

from feidi.portals.console.policy_library import clauses, documents, gains, library

app_name = "policy_library"
urlpatterns = [
    path("", library.clause_list, name="clause_list"),
    path("export/", library.clause_export, name="clause_export"),
    path("changes/", gains.change_list, name="change_list"),
    path("changes/export/", gains.change_export, name="change_export"),
    path("documents/<str:place>/<str:name>/", documents.document_view, name="document_view"),
    path("documents/<str:place>/<str:name>/versions/<str:uid>/", documents.version_view, name="version_view"),
    path("clauses/<str:place>/<str:code>/", clauses.clause_view, name="clause_view"),
    path("clauses/<str:place>/<str:code>/export/", clauses.standing_export, name="standing_export"),
    path("clauses/<str:place>/<str:code>/stamp/", clauses.clause_stamp, name="clause_stamp"),
]
