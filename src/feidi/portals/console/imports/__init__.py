"""Pages of the console: 导入."""
