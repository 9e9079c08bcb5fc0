"""Addresses: applications for admission."""

from django.urls import path

from feidi.portals.console.admissions import acts, answers, deciding, judging, views

app_name = "admissions"
urlpatterns = [
    path("", views.application_list, name="application_list"),
    path("export/", views.application_export, name="application_export"),
    path("new/", acts.application_new, name="application_new"),
    path("judging/", judging.seat_list, name="seat_list"),
    path("judging/<str:uid>/", judging.seat_view, name="seat_view"),
    path("judging/<str:uid>/recuse/", judging.seat_recuse, name="seat_recuse"),
    path("judging/<str:uid>/print/", judging.sheet_print, name="sheet_print"),
    path("judging/<str:uid>/signed/", judging.sheet_signed, name="sheet_signed"),
    path("<str:uid>/", views.application_view, name="application_view"),
    path("<str:uid>/contact/", acts.contact_unmask, name="contact_unmask"),
    path("<str:uid>/complete/", acts.application_complete, name="application_complete"),
    path("<str:uid>/accept/", acts.application_accept, name="application_accept"),
    path("<str:uid>/withdraw/", acts.application_withdraw, name="application_withdraw"),
    path("<str:uid>/answer/", answers.answer_view, name="answer_view"),
    path("<str:uid>/answer/issue/", answers.answer_issue, name="answer_issue"),
    path("<str:uid>/answer/pdf/", answers.answer_pdf, name="answer_pdf"),
    path("<str:uid>/answer/word/", answers.answer_word, name="answer_word"),
    path("<str:uid>/review/", judging.review_open, name="review_open"),
    path("<str:uid>/review/judge/", judging.judge_add, name="judge_add"),
    path("<str:uid>/review/close/", judging.review_close, name="review_close"),
    path("<str:uid>/decide/", deciding.decision_make, name="decision_make"),
    path("<str:uid>/decide/print/", deciding.decision_print, name="decision_print"),
    path("<str:uid>/decide/signed/", deciding.decision_signed, name="decision_signed"),
    path("<str:uid>/decide/confirm/", deciding.decision_confirm, name="decision_confirm"),
    path("<str:uid>/notice/end/", deciding.notice_end, name="notice_end"),
    path("<str:uid>/letter/", deciding.letter_print, name="letter_print"),
    path("<str:uid>/sign/", deciding.agreement_sign, name="agreement_sign"),
]
