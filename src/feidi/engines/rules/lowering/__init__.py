"""Rules made simple for columns and SQL: whole numbers, yes or no, every question once."""
