"""Places, outposts, organizations, persons, memberships, facts."""

from feidi.domain.parties.models.fact import Fact
from feidi.domain.parties.models.membership import Membership
from feidi.domain.parties.models.organization import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationIndustry,
    OrganizationKindOf,
    OrganizationLink,
    OrganizationRelation,
)
from feidi.domain.parties.models.person import ContactPoint, Person
from feidi.domain.parties.models.place import Outpost, Place, Plaque

__all__ = [
    "ContactPoint",
    "Fact",
    "Membership",
    "Organization",
    "OrganizationAlias",
    "OrganizationIdentifier",
    "OrganizationIndustry",
    "OrganizationKindOf",
    "OrganizationLink",
    "OrganizationRelation",
    "Outpost",
    "Person",
    "Place",
    "Plaque",
]
