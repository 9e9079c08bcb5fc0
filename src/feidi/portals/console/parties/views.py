"""Views, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def organization_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def organization_lookup(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def contact_unmask(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def organization_view(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404
