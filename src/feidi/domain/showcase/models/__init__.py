"""The tables of showcase."""

from feidi.domain.showcase.models.hall import HallStop, HallVisit, HallVisitor
from feidi.domain.showcase.models.inquiry import Inquiry
from feidi.domain.showcase.models.media import MediaReport
from feidi.domain.showcase.models.pace import CheckupCount
from feidi.domain.showcase.models.publication import Edition, EditionStep, Picture, Publication
from feidi.domain.showcase.models.release import Product, Release, Sheet

__all__ = [
    "CheckupCount",
    "Edition",
    "EditionStep",
    "HallStop",
    "HallVisit",
    "HallVisitor",
    "Inquiry",
    "MediaReport",
    "Picture",
    "Product",
    "Publication",
    "Release",
    "Sheet",
]
