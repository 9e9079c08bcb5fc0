"""Verbs of roadshow."""
