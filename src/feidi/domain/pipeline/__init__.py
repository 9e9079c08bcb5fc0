"""Pipeline 招商项目."""
