"""The one shape of taking in a table: every faulty cell named with row and column, nothing written unless all is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.matching.models.uploaded_table import UploadedTable
from feidi.engines.findings import Refusal, RefusedError
from feidi.portals.console.pipeline.views.saving import save_page
from feidi.portals.ui.forms import Form
from feidi.portals.ui.requests import FeidiRequest

_OF_THE_FILE = frozenset({"matching.table_faulty", "matching.table_zeros", "matching.table_unreadable"})


def take_page(
    request: FeidiRequest,
    *,
    form: Form,
    take: Callable[[dict[str, Any]], UploadedTable],
    page: str,
    onward: str,
    fields: tuple[str, ...],
    words: dict[str, Any],
) -> HttpResponse:
    """Handle GET and POST of an upload. ``take`` calls the service; ``page``: the name of a table's own page."""
    made: list[UploadedTable] = []
    wrong: dict[str, Any] = {"faults": [], "known_url": ""}

    def save(data: dict[str, Any]) -> None:
        upload = data.pop("file")
        try:
            made.append(take({**data, "data": upload.read(), "name": upload.name}))
        except RefusedError as error:
            raise _apart(error.refusal, wrong, page) from error

    response = save_page(
        request,
        template="console/regions/table_form.html",
        form=form,
        save=save,
        done=_("已存入。"),
        onward=reverse(onward),
        fields={name: name for name in fields},
        extra={
            "subtitle": _("整份存入或整份不存；原文件留着，随时可以下载。"),
            "submit": _("上传"),
            "wrong": wrong,
            **words,
        },
    )
    if made:
        response.headers["Location"] = reverse(page, args=[made[0].uid])
    return response


def _apart(refusal: Refusal, wrong: dict[str, Any], page: str) -> RefusedError:
    """Put apart what a form's line cannot show: faulty cells with row and column, the way to the table that stands."""
    if refusal.code == "matching.table_known":
        wrong["known_url"] = reverse(page, args=[refusal.params["uid"]])
    if refusal.code not in _OF_THE_FILE:
        return RefusedError(refusal)
    wrong["faults"] = list(refusal.reasons)
    return RefusedError(Refusal(refusal.code, refusal.params))
