"""Service playbooks 服务手册: steps of several sides with clocks, conditions and evidence, and how a run of one stands.

Plain values in and out: no day of today, no calendar (a function that reckons is handed in), no database.

``read_playbook``  a file's values become a ``Playbook``
``lint``           what cannot work: circles, steps never reached, nobody's steps, claims without evidence, no clock
``settle``         which steps open, wait or fall away; an unknown answer lets a step wait, never passes it over
``forecast``       the end and the way that takes longest, in days that the caller reckons
``burn_down``      what each side still has to do, day by day
"""

from feidi.engines.playbooks.burning import Burn, Line, burn_down
from feidi.engines.playbooks.conditions import open_questions, wanted
from feidi.engines.playbooks.graph import circles, ordered
from feidi.engines.playbooks.lint import lint, located
from feidi.engines.playbooks.model import (
    ACTIVE,
    GOVERNMENTS,
    OPENED,
    RUN,
    SETTLED,
    Answer,
    Answers,
    Clock,
    Condition,
    Label,
    Owner,
    Phase,
    Playbook,
    Proof,
    Question,
    State,
    Step,
)
from feidi.engines.playbooks.reading import read_playbook
from feidi.engines.playbooks.settling import settle, unclear, waits_for
from feidi.engines.playbooks.timing import Actual, Forecast, days_late, days_waiting, forecast

__all__ = [
    "ACTIVE",
    "GOVERNMENTS",
    "OPENED",
    "RUN",
    "SETTLED",
    "Actual",
    "Answer",
    "Answers",
    "Burn",
    "Clock",
    "Condition",
    "Forecast",
    "Label",
    "Line",
    "Owner",
    "Phase",
    "Playbook",
    "Proof",
    "Question",
    "State",
    "Step",
    "burn_down",
    "circles",
    "days_late",
    "days_waiting",
    "forecast",
    "lint",
    "located",
    "open_questions",
    "ordered",
    "read_playbook",
    "settle",
    "unclear",
    "waits_for",
    "wanted",
]
