"""Texts for codes 文字."""
