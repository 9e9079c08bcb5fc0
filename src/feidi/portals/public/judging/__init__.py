"""Pages for judges who come by link."""
