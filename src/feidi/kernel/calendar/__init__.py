"""Working days 工作日."""
