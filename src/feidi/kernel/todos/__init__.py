"""To-dos 待办."""
