"""Pages of the console: 文件."""
