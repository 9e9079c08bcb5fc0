"""Pages of 交办事项."""
