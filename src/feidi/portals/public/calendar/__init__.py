"""Pages: calendars that programs read by link."""
