"""One module per command, named ``<command>_command.py``."""
