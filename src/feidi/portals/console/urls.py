"""Addresses of the console."""

from django.urls import include, path

from feidi.portals.console.home import views as home_views

app_name = "console"
urlpatterns = [
    path("", home_views.home, name="home"),
    path("projects/", include("feidi.portals.console.pipeline.urls")),
    path("first-reports/", include("feidi.portals.console.first_reports.urls")),
    path("promises/", include("feidi.portals.console.promises.urls")),
    path("targets/", include("feidi.portals.console.targets.urls")),
    path("contracts/", include("feidi.portals.console.contracts.urls")),
    path("dossiers/", include("feidi.portals.console.dossiers.urls")),
    path("policies/", include("feidi.portals.console.policies.urls")),
    path("costs/", include("feidi.portals.console.costs.urls")),
    path("leases/", include("feidi.portals.console.leases.urls")),
    path("rechecks/", include("feidi.portals.console.rechecks.urls")),
    path("search/", include("feidi.portals.console.search.urls")),
    path("parties/", include("feidi.portals.console.parties.urls")),
    path("files/", include("feidi.portals.console.files.urls")),
    path("imports/", include("feidi.portals.console.imports.urls")),
    path("board/", include("feidi.portals.console.board.urls")),
    path("figures/", include("feidi.portals.console.figures.urls")),
    path("papers/", include("feidi.portals.console.papers.urls")),
    path("who/", include("feidi.portals.console.who.urls")),
    path("submissions/", include("feidi.portals.console.submissions.urls")),
    path("todos/", include("feidi.portals.console.todos.urls")),
    path("instructions/", include("feidi.portals.console.instructions.urls")),
    path("coordinations/", include("feidi.portals.console.coordinations.urls")),
    path("meetings/", include("feidi.portals.console.meetings.urls")),
    path("trips/", include("feidi.portals.console.trips.urls")),
    path("ceremonies/", include("feidi.portals.console.ceremonies.urls")),
    path("plans/", include("feidi.portals.console.plans.urls")),
    path("handovers/", include("feidi.portals.console.handovers.urls")),
    path("data-handovers/", include("feidi.portals.console.data_handovers.urls")),
    path("counter/", include("feidi.portals.console.counter.urls")),
    path("policy-library/", include("feidi.portals.console.policy_library.urls")),
    path("policy-claims/", include("feidi.portals.console.policy_claims.urls")),
    path("drafts/", include("feidi.portals.console.drafts.urls")),
    path("matching/regions/", include("feidi.portals.console.regions.urls")),
    path("matching/lists/", include("feidi.portals.console.candidates.urls")),
    path("matching/profiles/", include("feidi.portals.console.profiles.urls")),
    path("jobs/", include("feidi.portals.console.jobs.urls")),
    path("holidays/", include("feidi.portals.console.holidays.urls")),
    path("accounts/", include("feidi.portals.console.accounts.urls")),
]
