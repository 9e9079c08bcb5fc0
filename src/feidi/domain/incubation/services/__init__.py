"""Verbs of incubation."""
