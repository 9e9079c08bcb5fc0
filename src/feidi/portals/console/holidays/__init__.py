"""放假安排: the yearly notices that working days are reckoned from."""
