"""Addresses of satisfaction and complaints."""

from django.urls import path

from feidi.portals.console.feedback import answers, asks, complaints, follow_ups, overview

app_name = "feedback"
urlpatterns = [
    path("", overview.feedback_view, name="feedback_view"),
    path("answers/", answers.answer_list, name="answer_list"),
    path("answers/export/", answers.answer_export, name="answer_export"),
    path("answers/<str:uid>/", answers.answer_view, name="answer_view"),
    path("asks/", asks.ask_list, name="ask_list"),
    path("asks/<str:uid>/", asks.ask_view, name="ask_view"),
    path("asks/<str:uid>/renew/", asks.ask_renew, name="ask_renew"),
    path("asks/<str:uid>/withdraw/", asks.ask_withdraw, name="ask_withdraw"),
    path("follow-ups/", follow_ups.follow_up_list, name="follow_up_list"),
    path("follow-ups/<str:uid>/", follow_ups.follow_up_view, name="follow_up_view"),
    path("follow-ups/<str:uid>/assign/", follow_ups.follow_up_assign, name="follow_up_assign"),
    path("follow-ups/<str:uid>/close/", follow_ups.follow_up_close, name="follow_up_close"),
    path("complaints/", complaints.complaint_list, name="complaint_list"),
    path("complaints/export/", complaints.complaint_export, name="complaint_export"),
    path("complaints/new/", complaints.complaint_new, name="complaint_new"),
    path("complaints/<str:uid>/", complaints.complaint_view, name="complaint_view"),
    path("complaints/<str:uid>/answer/", complaints.complaint_answer, name="complaint_answer"),
    path("complaints/<str:uid>/close/", complaints.complaint_close, name="complaint_close"),
    path("complaints/<str:uid>/void/", complaints.complaint_void, name="complaint_void"),
]
