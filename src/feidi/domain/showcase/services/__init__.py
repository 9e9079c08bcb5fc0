"""Verbs of showcase."""
