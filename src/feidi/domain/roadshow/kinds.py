"""What roadshow's rows are called where they are named by kind and uid."""

from typing import Final

ACTIVITY: Final = "roadshow.activity"
PROGRAMME_ITEM: Final = "roadshow.programme_item"
REGISTRATION: Final = "roadshow.registration"
CHECK_IN: Final = "roadshow.check_in"
MEETING: Final = "roadshow.meeting"
