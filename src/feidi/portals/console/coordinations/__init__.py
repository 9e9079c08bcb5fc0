"""Pages of 协调事项."""
