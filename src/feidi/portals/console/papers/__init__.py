"""Pages of the console: 周五出稿、文稿、上级表格."""
