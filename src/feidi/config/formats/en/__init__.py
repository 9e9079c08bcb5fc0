"""Dates read 2026-11-23 in every language: officials sort by them."""
