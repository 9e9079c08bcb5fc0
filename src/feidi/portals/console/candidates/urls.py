"""Addresses of candidate lists."""

from django.urls import path

from feidi.portals.console.candidates import acts, asking, figures, lists, papers, weighing

app_name = "candidates"
urlpatterns = [
    path("", lists.list_list, name="list_list"),
    path("export/", lists.list_export, name="list_export"),
    path("weights/", weighing.weights_edit, name="weights_edit"),
    path("figures/", figures.precision_view, name="precision_view"),
    path("answers/", figures.answer_list, name="answer_list"),
    path("answers/export/", figures.answer_export, name="answer_export"),
    path("decided/", figures.decided_list, name="decided_list"),
    path("profile/<str:uid>/", asking.profile_match, name="profile_match"),
    path("profile/<str:uid>/make/", acts.list_make, name="list_make"),
    path("project/<str:uid>/", asking.project_match, name="project_match"),
    path("<str:uid>/", lists.list_view, name="list_view"),
    path("<str:uid>/check/", acts.list_check, name="list_check"),
    path("<str:uid>/send/", acts.list_send, name="list_send"),
    path("<str:uid>/void/", acts.list_void, name="list_void"),
    path("<str:uid>/answer/<int:position>/", acts.candidate_answer, name="candidate_answer"),
    path("<str:uid>/paper/", papers.list_paper, name="list_paper"),
    path("<str:uid>/picture/", papers.list_picture, name="list_picture"),
]
