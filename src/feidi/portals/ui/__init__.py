"""Shared components of every page."""
