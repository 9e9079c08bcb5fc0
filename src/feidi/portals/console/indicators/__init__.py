"""Pages of the figures K01-K40 as tiles, targets, closings."""
