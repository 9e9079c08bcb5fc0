"""Addresses of projects."""

from django.urls import path

from feidi.portals.console.pipeline.views import agreements, briefing, landing, leads, moves, notes, paper, projects

app_name = "pipeline"
urlpatterns = [
    path("", projects.project_list, name="project_list"),
    path("export/", projects.project_export, name="project_export"),
    path("new/", leads.project_new, name="project_new"),
    path("new/paste/", leads.project_paste, name="project_paste"),
    path("new/duplicates/", leads.project_duplicates, name="project_duplicates"),
    path("impressions/", briefing.impression_list, name="impression_list"),
    path("<str:uid>/brief/", briefing.project_brief, name="project_brief"),
    path("<str:uid>/", projects.project_view, name="project_view"),
    path("<str:uid>/edit/", projects.project_edit, name="project_edit"),
    path("<str:uid>/void/", moves.project_void, name="project_void"),
    path("<str:uid>/restore/", moves.project_restore, name="project_restore"),
    path("<str:uid>/move/", moves.project_move, name="project_move"),
    path("<str:uid>/condition/", moves.condition_lay, name="condition_lay"),
    path("<str:uid>/condition/end/", moves.condition_end, name="condition_end"),
    path("<str:uid>/talk/", notes.interaction_add, name="interaction_add"),
    path("talk/<str:uid>/", notes.interaction_view, name="interaction_view"),
    path("talk/<str:uid>/year/", notes.interaction_confirm, name="interaction_confirm"),
    path("talk/<str:uid>/void/", notes.interaction_void, name="interaction_void"),
    path("<str:uid>/contact/", notes.contact_add, name="contact_add"),
    path("<str:uid>/owner/", notes.owner_assign, name="owner_assign"),
    path("<str:uid>/opinion/", notes.opinion_record, name="opinion_record"),
    path("<str:uid>/home-entity/", notes.home_entity_set, name="home_entity_set"),
    path("<str:uid>/agreement/", agreements.agreement_add, name="agreement_add"),
    path("agreement/<str:uid>/void/", agreements.agreement_void, name="agreement_void"),
    path("<str:uid>/landing/", landing.landing_open, name="landing_open"),
    path("landing/queue/", landing.landing_queue, name="landing_queue"),
    path("landing/<str:uid>/", landing.landing_view, name="landing_view"),
    path("landing/<str:uid>/evidence/<str:kind>/", landing.evidence_add, name="evidence_add"),
    path("landing/<str:uid>/signals/", landing.signals_state, name="signals_state"),
    path("landing/<str:uid>/submit/", landing.landing_submit, name="landing_submit"),
    path("landing/<str:uid>/return/", landing.landing_return, name="landing_return"),
    path("landing/<str:uid>/verify/", landing.landing_verify, name="landing_verify"),
    path("landing/<str:uid>/revoke/", landing.landing_revoke, name="landing_revoke"),
    path("landing/<str:uid>/decide/<str:item>/", landing.evidence_decide, name="evidence_decide"),
    path("landing/<str:uid>/paper/", paper.form_print, name="form_print"),
    path("landing/<str:uid>/signed/", paper.signed_copy_add, name="signed_copy_add"),
    path("paper/<str:uid>/", paper.form_view, name="form_view"),
]
