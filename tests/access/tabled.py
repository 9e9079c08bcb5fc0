"""An industry table and an input–output table of the outpost of a row of the cast."""

from __future__ import annotations

from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.services.flow_tables import NewFlows, upload_flow_table
from feidi.domain.matching.services.industry_tables import NewTable, upload_industry_table
from feidi.domain.parties.models import Outpost
from tests.support.world import World


def table_of(world: World, number: int) -> str:
    """Upload a small table and return its uid."""
    text = f"地区,陶瓷,家电,电子\n云溪区,30,20,{number}\n前湾区,2,5,40\n青岚区,9,4,11\n"
    new = NewTable(f"Qtable{number}", "演示", 2024, "人", TableLevel.DISTRICT, "云溪区", "前湾区", invented=True)
    outpost = Outpost.objects.get(pk=world.outpost.pk)
    table = upload_industry_table(
        actor=world.actor("officer"), now=world.now, outpost=outpost, new=new, data=text.encode(), name="表.csv"
    )
    return table.uid


def flows_of(world: World, number: int) -> str:
    """Upload small flows and return the uid of their table."""
    text = f"卖方,陶瓷,家电\n陶瓷,1,{number}\n家电,2,3\n总产出,50,90\n"
    table = upload_flow_table(
        actor=world.actor("officer"),
        now=world.now,
        outpost=Outpost.objects.get(pk=world.outpost.pk),
        new=NewFlows(f"Qflows{number}", "演示", 2022, "万元", "全国", invented=True),
        data=text.encode(),
        name="往来.csv",
    )
    return table.uid
