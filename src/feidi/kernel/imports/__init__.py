"""Import batches 导入."""
