"""Measures: the rules by which things are counted. First: does a newly signed agreement count, and for how much?"""

from feidi.engines.measures.signing import Counted, Signed, count_signing

__all__ = ["Counted", "Signed", "count_signing"]
