"""Matching: selectors."""
