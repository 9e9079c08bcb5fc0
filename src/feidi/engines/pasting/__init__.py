"""Engine ``pasting``: a message out of a chat becomes proposals for a lead; nothing in them is invented.

``parse_message(text, today)`` gives a ``Proposed``: pieces with their place in the text, and the rest, which nobody
recognised and which therefore has to be shown as it is.
"""

from feidi.engines.pasting.model import Piece, Proposed, Sure, What
from feidi.engines.pasting.reading import LONGEST, parse_message

__all__ = ["LONGEST", "Piece", "Proposed", "Sure", "What", "parse_message"]
