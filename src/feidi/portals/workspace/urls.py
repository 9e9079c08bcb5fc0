"""Addresses of the workspace: what a tenant sees of its own projects, and nothing else."""

from django.urls import path

from feidi.portals.workspace import applications, candidates, claims, introductions, profiles, views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/new/", applications.application_new, name="application_new"),
    path("applications/<str:uid>/", applications.application_view, name="application_view"),
    path("applications/<str:uid>/continue/", applications.application_continue, name="application_continue"),
    path("applications/<str:uid>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("claims/", claims.claim_list, name="claim_list"),
    path("matching/profiles/", profiles.profile_list, name="profile_list"),
    path("matching/profiles/<str:uid>/", profiles.profile_view, name="profile_view"),
    path("matching/profiles/<str:uid>/answer/", profiles.profile_answer, name="profile_answer"),
    path("matching/profiles/<str:uid>/confirm/", profiles.profile_confirm, name="profile_confirm"),
    path("matching/profiles/<str:uid>/withdraw/", profiles.profile_withdraw, name="profile_withdraw"),
    path("matching/lists/", candidates.candidates_list, name="candidates_list"),
    path("matching/lists/<str:uid>/", candidates.candidates_view, name="candidates_view"),
    path("matching/lists/<str:uid>/open/", candidates.candidates_open, name="candidates_open"),
    path("matching/lists/<str:uid>/answer/<int:position>/", candidates.candidate_answer, name="candidate_answer"),
    path("matching/introductions/", introductions.introduction_list, name="introduction_list"),
    path("matching/introductions/<str:uid>/", introductions.introduction_view, name="introduction_view"),
    path("matching/introductions/<str:uid>/agree/", introductions.introduction_agree, name="introduction_agree"),
    path("matching/introductions/<str:uid>/end/", introductions.introduction_end, name="introduction_end"),
    path("<str:uid>/", views.project_view, name="project_view"),
    path("<str:uid>/landing/", views.landing_open, name="landing_open"),
    path("<str:uid>/evidence/<str:kind>/", views.evidence_add, name="evidence_add"),
    path("<str:uid>/withdraw/<str:item>/", views.evidence_withdraw, name="evidence_withdraw"),
]
