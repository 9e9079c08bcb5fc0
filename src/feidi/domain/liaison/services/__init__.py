"""Liaison: services."""
