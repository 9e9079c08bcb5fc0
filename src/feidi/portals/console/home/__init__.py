"""工作台: what do I do today."""
