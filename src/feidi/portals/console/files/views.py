"""Views, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def file_view(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not there yet."""
    raise Http404
