"""``feidi doctor``: is this installation whole, and is it safe to use for real?"""
