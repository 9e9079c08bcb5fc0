"""Documents 文书: forms printed with a QR and the content's hash, and the signed paper that comes back.

Invariants: a printed form is frozen (its data and hash never change); a signed copy belongs to the
form whose QR it bears; signers and dates are recorded by a person who looked at the paper.
"""
