"""The command line ``feidi``."""
