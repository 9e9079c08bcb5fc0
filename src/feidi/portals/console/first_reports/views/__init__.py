"""Views of first reports."""
