"""The one table of the index."""

from feidi.kernel.search.models.entry import SearchEntry

__all__ = ["SearchEntry"]
