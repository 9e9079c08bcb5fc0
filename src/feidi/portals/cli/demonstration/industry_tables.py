"""Tables of figures of the demonstration: industries of districts (2024) and cities (2022), flows (2022). Invented."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Final

from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.services.flow_tables import NewFlows, upload_flow_table
from feidi.domain.matching.services.industry_tables import NewTable, upload_industry_table
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.portals.cli.demonstration.agenda import Scene

FOLDER: Final = Path(__file__).parent / "data"
_SOURCE: Final = "演示：虚构的数字，不对应任何真实地方"
#: File, and what is said of it: the city's table is older, and warns that it is not the district's.
TABLES: Final = (
    (
        "industries_2022.csv",
        NewTable(
            "各市规模以上企业用工（演示）", _SOURCE, 2022, "人", TableLevel.CITY, "云州市", "滨海市", invented=True
        ),
    ),
    (
        "industries_2024.csv",
        NewTable(
            "各区规模以上企业用工（演示）",
            _SOURCE,
            2024,
            "人",
            TableLevel.DISTRICT,
            "云溪区",
            "滨海前湾区",
            invented=True,
        ),
    ),
)

FLOWS: Final = ("flows_2022.csv", NewFlows("投入产出表（演示）", _SOURCE, 2022, "万元", "云州市", invented=True))


def load(scene: Scene) -> None:
    """Take all in on the last evening."""
    now = datetime.combine(scene.last_day, time(18, 20), SHANGHAI)
    for name, new in TABLES:
        upload_industry_table(
            actor=scene.actors["officer"],
            now=now,
            outpost=scene.outpost,
            new=new,
            data=(FOLDER / name).read_bytes(),
            name=name,
        )
    name, flows = FLOWS
    upload_flow_table(
        actor=scene.actors["officer"],
        now=now,
        outpost=scene.outpost,
        new=flows,
        data=(FOLDER / name).read_bytes(),
        name=name,
    )
