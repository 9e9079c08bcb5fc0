"""Money in forms, columns and on screen 金额."""
