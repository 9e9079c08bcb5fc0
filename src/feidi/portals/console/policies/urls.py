"""Addresses of policies."""

from django.urls import path

from feidi.portals.console.policies import checkups, facts, kept

app_name = "policies"
urlpatterns = [
    path("checkups/", checkups.checkup_list, name="checkup_list"),
    path("checkups/everybody/", checkups.evaluate_start, name="evaluate_start"),
    path("persons/", checkups.person_list, name="person_list"),
    path("referrals/", checkups.referral_list, name="referral_list"),
    path("subjects/<str:kind>/<str:uid>/", checkups.subject_checkup, name="subject_checkup"),
    path("subjects/<str:kind>/<str:uid>/facts/", facts.subject_facts_state, name="subject_facts_state"),
    path(
        "subjects/<str:kind>/<str:uid>/facts/<str:entry>/withdraw/",
        facts.subject_fact_withdraw,
        name="subject_fact_withdraw",
    ),
    path("subjects/<str:kind>/<str:uid>/keep/", kept.subject_checkup_keep, name="subject_checkup_keep"),
    path("checkups/<str:uid>/", checkups.checkup, name="checkup"),
    path("checkups/<str:uid>/facts/", facts.facts_state, name="facts_state"),
    path("checkups/<str:uid>/facts/<str:entry>/withdraw/", facts.fact_withdraw, name="fact_withdraw"),
    path("checkups/<str:uid>/keep/", kept.checkup_keep, name="checkup_keep"),
    path("kept/<str:uid>/", kept.checkup_view, name="checkup_view"),
    path("kept/<str:uid>/print/", kept.checkup_print, name="checkup_print"),
    path("kept/<str:uid>/word/", kept.checkup_word, name="checkup_word"),
]
