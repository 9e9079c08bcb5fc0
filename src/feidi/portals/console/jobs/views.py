"""Views, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def job_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def job_view(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def job_poll(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def job_cancel(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404
