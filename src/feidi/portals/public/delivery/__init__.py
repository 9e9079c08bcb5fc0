"""A talent confirms that a case was delivered, and says how it was."""
