"""Reporting: selectors."""
