"""What the rows of feedback are called where they are named by kind and uid, and their permissions."""

from typing import Final

ASK: Final = "feedback.ask"
ANSWER: Final = "feedback.answer"
FOLLOW_UP: Final = "feedback.follow_up"
COMPLAINT: Final = "feedback.complaint"

VIEW: Final = "feedback.view"
EDIT: Final = "feedback.edit"
VIEW_HOME: Final = "feedback.view_home"
