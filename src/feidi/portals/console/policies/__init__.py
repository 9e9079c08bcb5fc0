"""Policies: check-ups of firms."""
