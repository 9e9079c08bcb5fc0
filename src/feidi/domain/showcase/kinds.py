"""What showcase's rows are called where they are named by kind and uid."""

from typing import Final

PUBLICATION: Final = "showcase.publication"
EDITION: Final = "showcase.edition"
PICTURE: Final = "showcase.picture"
SHEET: Final = "showcase.sheet"
PRODUCT: Final = "showcase.product"
MEDIA: Final = "showcase.media_report"
VISIT: Final = "showcase.hall_visit"
INQUIRY: Final = "showcase.inquiry"
