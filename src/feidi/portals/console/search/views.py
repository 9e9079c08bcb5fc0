"""Views, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def search_view(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404


def search_suggest(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404
