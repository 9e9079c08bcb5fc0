"""Pages of the exhibition hall."""
