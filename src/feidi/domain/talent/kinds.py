"""What talent's rows are called where they are named by kind and uid."""

from typing import Final

TALENT: Final = "talent.talent"
CONSENT: Final = "talent.consent"
DISCLOSURE: Final = "talent.disclosure"
REQUEST: Final = "talent.data_request"
AGREEMENT: Final = "talent.processing_agreement"
RULING: Final = "talent.class_ruling"
POSITION: Final = "talent.position"
CONTRACT: Final = "talent.flexible_contract"
MONTH: Final = "talent.presence_month"
BENEFIT: Final = "talent.benefit_acceptance"
CASE: Final = "talent.green_case"
ITEM: Final = "talent.green_item"
HAND_OFF: Final = "talent.hand_off"
#: Purposes of evidence: that a person came; that days were present.
ARRIVAL: Final = "talent_arrival"
PRESENCE: Final = "talent_presence"
