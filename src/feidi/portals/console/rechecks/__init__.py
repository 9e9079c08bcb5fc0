"""Yearly re-verification of landings: what is due, rounds per township, retention."""
