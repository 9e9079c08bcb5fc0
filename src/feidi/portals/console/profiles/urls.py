"""Addresses of needs and offers."""

from django.urls import path

from feidi.portals.console.profiles import acts, drafting, entering, evidencing, guarding, importing, sheets, views

app_name = "profiles"
urlpatterns = [
    path("", views.profile_list, name="profile_list"),
    path("export/", views.profile_export, name="profile_export"),
    path("new/", entering.profile_new, name="profile_new"),
    path("known/", entering.profile_known, name="profile_known"),
    path("drafts/publish/", drafting.drafts_publish, name="drafts_publish"),
    path("drafts/unpublish/", drafting.drafts_unpublish, name="drafts_unpublish"),
    path("project/<str:uid>/draft/", drafting.project_draft, name="project_draft"),
    path("import/", importing.import_upload, name="import_upload"),
    path("import/template/", importing.import_template, name="import_template"),
    path("import/<str:uid>/", importing.import_view, name="import_view"),
    path("import/<str:uid>/commit/", importing.import_commit, name="import_commit"),
    path("import/<str:uid>/undo/", importing.import_undo, name="import_undo"),
    path("<str:uid>/", views.profile_view, name="profile_view"),
    path("<str:uid>/edit/", views.profile_edit, name="profile_edit"),
    path("<str:uid>/publish/", acts.profile_publish, name="profile_publish"),
    path("<str:uid>/confirm/", acts.profile_confirm, name="profile_confirm"),
    path("<str:uid>/evidence/", evidencing.claim_show, name="claim_show"),
    path("<str:uid>/evidence/<str:item>/", evidencing.claim_decide, name="claim_decide"),
    path("<str:uid>/pause/", acts.profile_pause, name="profile_pause"),
    path("<str:uid>/close/", acts.profile_close, name="profile_close"),
    path("<str:uid>/renew/", acts.profile_renew, name="profile_renew"),
    path("<str:uid>/void/", acts.profile_void, name="profile_void"),
    path("<str:uid>/tag/", acts.profile_tag, name="profile_tag"),
    path("<str:uid>/blocks/add/", guarding.block_add, name="block_add"),
    path("<str:uid>/blocks/<str:entry>/lift/", guarding.block_lift, name="block_lift"),
    path("<str:uid>/agreements/add/", guarding.agreement_add, name="agreement_add"),
    path("<str:uid>/agreements/<str:entry>/void/", guarding.agreement_void, name="agreement_void"),
    path("<str:uid>/readings/add/", guarding.reading_add, name="reading_add"),
    path("<str:uid>/sheet/", sheets.sheet_fill, name="sheet_fill"),
    path("<str:uid>/sheet/read-back/", sheets.sheet_read_back, name="sheet_read_back"),
    path("<str:uid>/sheet/download/", sheets.sheet_download, name="sheet_download"),
]
