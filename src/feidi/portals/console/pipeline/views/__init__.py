"""Views of projects: fetch with access, form, service, response."""
