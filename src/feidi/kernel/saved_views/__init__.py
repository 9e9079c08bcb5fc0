"""Saved filters 常用筛选: how a person likes to see a list: its query, its columns, under a name of their own."""
