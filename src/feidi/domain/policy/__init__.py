"""政策: what the policies of a home and a host mean for a firm, and what became of the claims.

Content speaks (``jurisdictions/<place>/policies``), ``engines.rules`` reckons; here stand the facts as of a day, the
check-ups that were kept, the standing of every organization under every clause, and the claims.
"""
