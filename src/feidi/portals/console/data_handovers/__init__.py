"""数据移交: the packages made by the command, their receipts and certificates."""
