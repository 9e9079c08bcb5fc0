"""Pages of the console: 后台任务."""
