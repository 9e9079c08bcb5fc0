"""Pages of roadshows."""
