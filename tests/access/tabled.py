"""An industry table of the outpost of a row of the cast."""

from __future__ import annotations

from feidi.domain.matching.enums import TableLevel
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
