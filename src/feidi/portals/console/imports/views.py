"""Views, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def import_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_new(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_columns(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_preview(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_decide(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_commit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_done(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_errors(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def import_undo(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404
