"""Drafting content: policies, costs, tables of a place, proposed by one and published by another."""
