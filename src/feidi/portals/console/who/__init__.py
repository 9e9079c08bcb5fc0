"""Pages of the console: who is who, titles of firms, stand-ins."""
