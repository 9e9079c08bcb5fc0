"""Tables of playbook."""

from feidi.domain.playbook.models.run import PlaybookRun, RunEntry, RunStep

__all__ = ["PlaybookRun", "RunEntry", "RunStep"]
