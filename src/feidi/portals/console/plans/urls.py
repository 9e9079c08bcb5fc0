"""Addresses of action plans."""

from django.urls import path

from feidi.portals.console.plans import acts, importing, task_acts, views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="plan_list"),
    path("new/", acts.plan_new, name="plan_new"),
    path("tasks/<str:uid>/", views.task_view, name="task_view"),
    path("tasks/<str:uid>/edit/", task_acts.task_edit, name="task_edit"),
    path("tasks/<str:uid>/owner/", task_acts.task_assign, name="task_assign"),
    path("tasks/<str:uid>/progress/", task_acts.progress_add, name="progress_add"),
    path("tasks/<str:uid>/links/", task_acts.task_link, name="task_link"),
    path("tasks/<str:uid>/links/remove/", task_acts.task_unlink, name="task_unlink"),
    path("tasks/<str:uid>/void/", task_acts.task_void, name="task_void"),
    path("progress/<str:uid>/void/", task_acts.progress_void, name="progress_void"),
    path("<str:uid>/", views.plan_view, name="plan_view"),
    path("<str:uid>/changes/", views.plan_changes, name="plan_changes"),
    path("<str:uid>/export/", views.plan_export, name="plan_export"),
    path("<str:uid>/edit/", acts.plan_edit, name="plan_edit"),
    path("<str:uid>/approve/", acts.plan_approve, name="plan_approve"),
    path("<str:uid>/version/", acts.plan_version, name="plan_version"),
    path("<str:uid>/successor/", acts.plan_successor, name="plan_successor"),
    path("<str:uid>/void/", acts.plan_void, name="plan_void"),
    path("<str:uid>/tasks/", task_acts.task_add, name="task_add"),
    path("<str:uid>/import/", importing.import_upload, name="import_upload"),
    path("<str:uid>/import/<str:item>/", importing.import_check, name="import_check"),
]
