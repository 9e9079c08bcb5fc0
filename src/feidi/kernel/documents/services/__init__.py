"""Verbs of forms on paper."""

from feidi.kernel.documents.services.printing import print_form, render_form, render_form_pages
from feidi.kernel.documents.services.signing import attach_signed_copy, void_signed_copy

__all__ = ["attach_signed_copy", "print_form", "render_form", "render_form_pages", "void_signed_copy"]
