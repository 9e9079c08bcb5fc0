"""Walking over every address of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

#: What stands for each kind of converter in an address that leads to nothing.
_SAMPLES = {"IntConverter": 1, "SlugConverter": "none", "UUIDConverter": "0" * 32, "PathConverter": "none"}


@dataclass(frozen=True, slots=True)
class Address:
    """A named address and a sample of it that names no existing row."""

    name: str
    path: str


def addresses() -> list[Address]:
    """Return every named address of the site, in order of name."""
    return sorted(_walk(get_resolver(), ()), key=lambda each: each.name)


def _walk(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name or f"UNNAMED {pattern.pattern}"))
            arguments = {
                key: _SAMPLES.get(type(converter).__name__, "2" * 12)
                for key, converter in pattern.pattern.converters.items()
            }
            yield Address(name, reverse(name, kwargs=arguments) if pattern.name else "")
