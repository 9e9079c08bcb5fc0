"""Signing ceremonies: 集中签约."""
