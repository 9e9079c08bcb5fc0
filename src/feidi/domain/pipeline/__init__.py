"""Pipeline 招商: from the first talk to a verified landing.

Invariants: only ``services.moving`` (and an import's opening position) writes a stage, and every
move leaves a log row; a ledger's word is a claim, never evidence; a project counts once, at its
first contract; a landing is verified by somebody who neither submitted it, nor owns the project,
nor works for the operator; nothing is deleted, only voided or revoked with a reason.
"""
