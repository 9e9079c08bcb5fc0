"""Verbs of playbook."""
