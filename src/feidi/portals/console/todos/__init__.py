"""Pages of the console: 待办."""
