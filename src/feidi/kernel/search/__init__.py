"""Search index 搜索."""
