"""Views of who is who."""
