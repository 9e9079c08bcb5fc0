"""What the rows of roadshows are called where they are named by kind and uid."""

from typing import Final

SHOW: Final = "roadshow.show"
ROUND: Final = "roadshow.round"
ENTRY: Final = "roadshow.entry"
JUDGE: Final = "roadshow.judge"
RECUSAL: Final = "roadshow.recusal"
ASSIGNMENT: Final = "roadshow.assignment"
SHEET: Final = "roadshow.sheet"
SHEET_SAVE: Final = "roadshow.sheet_save"
SEAL: Final = "roadshow.seal"
INTEREST: Final = "roadshow.interest"
