"""共振点: investors × projects, each factor with what is known, what is missing, what would lift it."""
