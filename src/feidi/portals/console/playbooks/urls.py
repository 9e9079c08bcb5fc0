"""Addresses: playbooks and their runs."""

from django.urls import path

from feidi.portals.console.playbooks import books, owed, runs, steps

app_name = "playbooks"
urlpatterns = [
    path("", books.playbook_list, name="playbook_list"),
    path("books/<str:home>/<str:code>/", books.playbook_view, name="playbook_view"),
    path("books/<str:home>/<str:code>/word/", books.playbook_word, name="playbook_word"),
    path("books/<str:home>/<str:code>/copy/", books.playbook_copy, name="playbook_copy"),
    path("runs/", runs.run_list, name="run_list"),
    path("runs/export/", runs.run_export, name="run_export"),
    path("runs/start/", runs.run_start, name="run_start"),
    path("runs/<str:uid>/", runs.run_view, name="run_view"),
    path("runs/<str:uid>/answers/", runs.run_answer, name="run_answer"),
    path("runs/<str:uid>/note/", runs.run_note, name="run_note"),
    path("runs/<str:uid>/stop/", runs.run_stop, name="run_stop"),
    path("owed/home/", owed.home_owed_list, name="home_owed_list"),
    path("owed/host/", owed.host_owed_list, name="host_owed_list"),
    path("steps/<str:uid>/", steps.step_view, name="step_view"),
    path("steps/<str:uid>/ask/", steps.step_ask, name="step_ask"),
    path("steps/<str:uid>/finish/", steps.step_finish, name="step_finish"),
    path("steps/<str:uid>/skip/", steps.step_skip, name="step_skip"),
    path("steps/<str:uid>/reopen/", steps.step_reopen, name="step_reopen"),
    path("steps/<str:uid>/due/", steps.step_reschedule, name="step_reschedule"),
    path("steps/<str:uid>/evidence/<str:kind>/", steps.step_show, name="step_show"),
    path("steps/<str:uid>/pieces/<str:item>/", steps.step_decide, name="step_decide"),
]
