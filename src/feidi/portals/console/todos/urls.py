"""Addresses of to-dos."""

from django.urls import path

from feidi.portals.console.todos import views

app_name = "todos"
urlpatterns = [
    path("", views.todo_list, name="todo_list"),
    path("export/", views.todo_export, name="todo_export"),
    path("new/", views.todo_new, name="todo_new"),
    path("<str:uid>/edit/", views.todo_edit, name="todo_edit"),
    path("<str:uid>/finish/", views.todo_finish, name="todo_finish"),
    path("<str:uid>/reopen/", views.todo_reopen, name="todo_reopen"),
    path("<str:uid>/void/", views.todo_void, name="todo_void"),
]
