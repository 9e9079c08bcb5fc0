"""One changelist: the columns of our list, our page size, its own search box and filter."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.urls import path

application = get_wsgi_application()

from feidi.domain.pipeline.models import Project  # noqa: E402 - Django is ready only now


class ProjectAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """As its documentation would have it; everybody may look."""

    list_display = (
        "name",
        "code",
        "sponsor_name",
        "talks_stage",
        "stage_since",
        "owner_text",
        "last_talk_on",
        "planned_investment_text",
    )
    list_filter = ("talks_stage",)
    search_fields = ("name", "sponsor_name", "code")
    list_per_page = 50
    list_select_related = ("outpost", "owner")
    ordering = ("-id",)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - the admin asks so
        """Everybody."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - the admin asks so
        """Nobody."""
        return False


class Open(admin.AdminSite):
    """A site without sign-in."""

    def has_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the admin asks so
        """Everybody."""
        return True


_site = Open(name="admin")
_site.register(Project, ProjectAdmin)
_model_admin = _site.get_model_admin(Project)
urlpatterns = [path("p/", _model_admin.changelist_view), path("admin/", _site.urls)]
