"""Deadlines 时限."""
