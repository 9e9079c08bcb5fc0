"""Pages of the console: 搜索."""
