"""Liaison: selectors."""
