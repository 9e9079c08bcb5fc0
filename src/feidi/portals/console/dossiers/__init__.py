"""一项目一档 as a download."""
