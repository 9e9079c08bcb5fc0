"""The search box of the frame."""

from feidi.portals.ui.navigation import Search, register_search


def register() -> None:
    """Name the page and the suggestions; offered to those who may see projects or parties of others."""
    register_search(
        Search(
            "console:search:search_view",
            "console:search:search_suggest",
            permission=("project.view", "project.view_reported", "party.view"),
        )
    )
