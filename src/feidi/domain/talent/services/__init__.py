"""Verbs of talent."""
