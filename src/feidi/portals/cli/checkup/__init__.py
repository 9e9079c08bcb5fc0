"""``feidi doctor``: whether this installation is whole, and safe to use for real."""
