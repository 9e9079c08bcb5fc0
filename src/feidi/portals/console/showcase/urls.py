"""Addresses of the public showcase in the console."""

from django.urls import path

from feidi.portals.console.showcase import editing, inquiries, media, publications, sheets

app_name = "showcase"
urlpatterns = [
    path("", publications.publication_list, name="publication_list"),
    path("export/", publications.publication_export, name="publication_export"),
    path("new/", publications.publication_new, name="publication_new"),
    path("pictures/<str:uid>/", publications.picture_view, name="picture_view"),
    path("owners/", sheets.sheet_list, name="sheet_list"),
    path("owners/<str:uid>/", sheets.sheet_take, name="sheet_take"),
    path("media/", media.media_list, name="media_list"),
    path("media/export/", media.media_export, name="media_export"),
    path("media/new/", media.media_new, name="media_new"),
    path("media/<str:uid>/", media.media_view, name="media_view"),
    path("media/<str:uid>/show/", media.media_show, name="media_show"),
    path("media/<str:uid>/void/", media.media_void, name="media_void"),
    path("inquiries/", inquiries.inquiry_list, name="inquiry_list"),
    path("inquiries/<str:uid>/", inquiries.inquiry_view, name="inquiry_view"),
    path("inquiries/<str:uid>/unmask/", inquiries.inquiry_unmask, name="inquiry_unmask"),
    path("inquiries/<str:uid>/answer/", inquiries.inquiry_answer, name="inquiry_answer"),
    path("inquiries/<str:uid>/turn/", inquiries.inquiry_turn, name="inquiry_turn"),
    path("<str:uid>/", publications.publication_view, name="publication_view"),
    path("<str:uid>/edit/", editing.publication_edit, name="publication_edit"),
    path("<str:uid>/edition/", editing.edition_new, name="edition_new"),
    path("<str:uid>/send/", editing.edition_send, name="edition_send"),
    path("<str:uid>/return/", editing.edition_return, name="edition_return"),
    path("<str:uid>/publish/", editing.edition_publish, name="edition_publish"),
    path("<str:uid>/abandon/", editing.edition_abandon, name="edition_abandon"),
    path("<str:uid>/withdraw/", editing.publication_withdraw, name="publication_withdraw"),
]
