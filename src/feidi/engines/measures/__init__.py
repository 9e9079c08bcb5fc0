"""Measures: the rules by which things are counted. So far: whether a newly signed agreement counts, and for how much."""

from feidi.engines.measures.signing import Counted, Kind, Signed, count_signing

__all__ = ["Counted", "Kind", "Signed", "count_signing"]
