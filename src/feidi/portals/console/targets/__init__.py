"""Firms that are looked for, and what was looked at before signing."""
