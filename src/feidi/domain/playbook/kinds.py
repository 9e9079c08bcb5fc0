"""What playbook's rows are called where they are named by kind and uid, and on whose rows runs stand."""

from typing import Final

RUN: Final = "playbook.run"
STEP: Final = "playbook.step"
#: The purpose of a step's evidence, and the code of its clock.
PURPOSE: Final = "playbook_step"
CLOCK: Final = "playbook_step"
#: Whom a playbook serves → the kind of row; the rows belong to apps above.
SERVED: Final = {"project": "pipeline.project", "organization": "parties.organization", "talent": "talent.talent"}
