"""Tests of the costing engine."""
