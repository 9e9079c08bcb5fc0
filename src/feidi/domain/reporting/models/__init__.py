"""The tables of reporting."""

from feidi.domain.reporting.models.closings import ClosedPeriod, IndicatorChoice
from feidi.domain.reporting.models.contract import (
    ActualCost,
    BudgetLine,
    OperatingContract,
    PaymentNode,
    PromisedResource,
    ResourceUse,
)
from feidi.domain.reporting.models.definitions import DefinitionSheet
from feidi.domain.reporting.models.deliveries import ReportDelivery, ReportReceipt
from feidi.domain.reporting.models.flows import FlowEntry, FlowSetAside
from feidi.domain.reporting.models.indicator import AssessmentCorrection, AssessmentSheet, Indicator, IndicatorScore
from feidi.domain.reporting.models.papers import BoundForm, DataHandover, FormFilling, IssuedPaper
from feidi.domain.reporting.models.reports import Report, ReportFile, ReportPlan
from feidi.domain.reporting.models.wall import WallMap, WallScene, WallScreen

__all__ = [
    "ActualCost",
    "AssessmentCorrection",
    "AssessmentSheet",
    "BoundForm",
    "BudgetLine",
    "ClosedPeriod",
    "DataHandover",
    "DefinitionSheet",
    "FlowEntry",
    "FlowSetAside",
    "FormFilling",
    "Indicator",
    "IndicatorChoice",
    "IndicatorScore",
    "IssuedPaper",
    "OperatingContract",
    "PaymentNode",
    "PromisedResource",
    "Report",
    "ReportDelivery",
    "ReportFile",
    "ReportPlan",
    "ReportReceipt",
    "ResourceUse",
    "WallMap",
    "WallScene",
    "WallScreen",
]
