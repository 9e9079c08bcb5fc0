"""Pages of the console: 单位与人员."""
