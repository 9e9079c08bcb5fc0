"""Measurements at full size. ``python -m benchmarks [--quick] [NAME …]`` runs them and writes ``benchmarks/results``."""
