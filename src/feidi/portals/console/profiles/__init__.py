"""Pages of the console: 需求与供给."""
