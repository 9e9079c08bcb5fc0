"""Writing to the calendar."""
