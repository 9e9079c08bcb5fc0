"""Measures: the rules by which things are counted.

``count_signing`` says whether a newly signed agreement counts, and for how much. ``DEFINITIONS`` is the table of every
figure; ``measure`` computes one over rows or columns, ``funnel_of`` and ``five_words`` the two overviews.
"""

from feidi.engines.measures.definitions import DEFINITIONS, TALENT_DEFINITIONS, Definition, Words
from feidi.engines.measures.definitions_more import GROUPS, INDICATORS, MORE_DEFINITIONS, expand
from feidi.engines.measures.figures import Count, Figure, Pot, Ratio, measure, quantile, ratio_of
from feidi.engines.measures.forecast import Cohort, Forecast, outlook_of
from feidi.engines.measures.funnel import (
    FIVE_WORDS,
    STEPS,
    Step,
    Word,
    by_month,
    chain_of,
    five_words,
    funnel_of,
    percent,
)
from feidi.engines.measures.periods import last_day, named_period, period_name, periods_before
from feidi.engines.measures.readings import (
    Reading,
    Rows,
    average_reading,
    count_reading,
    grown,
    mean_reading,
    missing,
    net_reading,
    nps_reading,
    ratio_reading,
    reading_of,
)
from feidi.engines.measures.rows import TALKS, Columns, MoneyRow, Period, ProjectRow, columns_of, empty_columns
from feidi.engines.measures.scoring import Grade, Item, Part, Scored, ScoredItem, grade_of, ranked, score_sheet
from feidi.engines.measures.signing import Counted, Kind, Signed, count_signing
from feidi.engines.measures.talents import Arrived, Introduced, OnTime, Served, delivered_in_time, introduced

__all__ = [
    "DEFINITIONS",
    "FIVE_WORDS",
    "GROUPS",
    "INDICATORS",
    "MORE_DEFINITIONS",
    "STEPS",
    "TALENT_DEFINITIONS",
    "TALKS",
    "Arrived",
    "Cohort",
    "Columns",
    "Count",
    "Counted",
    "Definition",
    "Figure",
    "Forecast",
    "Grade",
    "Introduced",
    "Item",
    "Kind",
    "MoneyRow",
    "OnTime",
    "Part",
    "Period",
    "Pot",
    "ProjectRow",
    "Ratio",
    "Reading",
    "Rows",
    "Scored",
    "ScoredItem",
    "Served",
    "Signed",
    "Step",
    "Word",
    "Words",
    "average_reading",
    "by_month",
    "chain_of",
    "columns_of",
    "count_reading",
    "count_signing",
    "delivered_in_time",
    "empty_columns",
    "expand",
    "five_words",
    "funnel_of",
    "grade_of",
    "grown",
    "introduced",
    "last_day",
    "mean_reading",
    "measure",
    "missing",
    "named_period",
    "net_reading",
    "nps_reading",
    "outlook_of",
    "percent",
    "period_name",
    "periods_before",
    "quantile",
    "ranked",
    "ratio_of",
    "ratio_reading",
    "reading_of",
    "score_sheet",
]
