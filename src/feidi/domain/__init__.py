"""The domain apps. Arrows point down: reporting → matching … → pipeline → … → parties."""
