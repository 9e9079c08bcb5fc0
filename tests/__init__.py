"""Tests of Feidi: the same tree as ``src/feidi``, on a real database, asserting behaviour."""
