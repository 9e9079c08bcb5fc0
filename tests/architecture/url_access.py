"""Who may open which address. A new address without an entry here fails the build.

``everyone``: also without signing in. ``signed_in``: any user. ``rows``: shows rows, so what it shows follows
decisions 2: a user without grants gets 404 for any row, and the generated test of ``tests/access`` walks it over
roles × own, other outpost, other home, not yet reported.
"""

from __future__ import annotations

from typing import Literal

Who = Literal["everyone", "signed_in", "rows"]

ACCESS: dict[str, Who] = {
    "account:login": "everyone",
    "account:logout": "signed_in",
    "account:language": "everyone",
    "account:password_change": "signed_in",
    "ui:gallery": "signed_in",
    "ui:menu": "signed_in",
    "ui:watermark": "signed_in",
    # lists, desks and forms without a row: what they show is narrowed, and walked by tests/access
    "console:home": "signed_in",
    "console:imports:import_list": "signed_in",
    "console:imports:import_new": "signed_in",
    "console:jobs:job_list": "signed_in",
    "console:parties:organization_list": "signed_in",
    "console:parties:organization_lookup": "signed_in",
    "console:pipeline:landing_queue": "signed_in",
    "console:pipeline:project_duplicates": "signed_in",
    "console:pipeline:project_export": "signed_in",
    "console:pipeline:project_list": "signed_in",
    "console:pipeline:project_new": "signed_in",
    "console:search:search_suggest": "signed_in",
    "console:search:search_view": "signed_in",
    "workspace:home": "signed_in",
    # one row each: to a stranger it is not there
    "console:files:file_view": "rows",
    "console:imports:import_columns": "rows",
    "console:imports:import_commit": "rows",
    "console:imports:import_decide": "rows",
    "console:imports:import_done": "rows",
    "console:imports:import_errors": "rows",
    "console:imports:import_preview": "rows",
    "console:imports:import_undo": "rows",
    "console:jobs:job_cancel": "rows",
    "console:jobs:job_poll": "rows",
    "console:jobs:job_view": "rows",
    "console:parties:contact_unmask": "rows",
    "console:parties:organization_view": "rows",
    "console:pipeline:agreement_add": "rows",
    "console:pipeline:agreement_void": "rows",
    "console:pipeline:condition_end": "rows",
    "console:pipeline:condition_lay": "rows",
    "console:pipeline:contact_add": "rows",
    "console:pipeline:evidence_add": "rows",
    "console:pipeline:evidence_decide": "rows",
    "console:pipeline:form_print": "rows",
    "console:pipeline:form_view": "rows",
    "console:pipeline:home_entity_set": "rows",
    "console:pipeline:interaction_add": "rows",
    "console:pipeline:interaction_confirm": "rows",
    "console:pipeline:interaction_view": "rows",
    "console:pipeline:interaction_void": "rows",
    "console:pipeline:landing_open": "rows",
    "console:pipeline:landing_return": "rows",
    "console:pipeline:landing_revoke": "rows",
    "console:pipeline:landing_submit": "rows",
    "console:pipeline:landing_verify": "rows",
    "console:pipeline:landing_view": "rows",
    "console:pipeline:opinion_record": "rows",
    "console:pipeline:owner_assign": "rows",
    "console:pipeline:project_edit": "rows",
    "console:pipeline:project_move": "rows",
    "console:pipeline:project_restore": "rows",
    "console:pipeline:project_view": "rows",
    "console:pipeline:project_void": "rows",
    "console:pipeline:signals_state": "rows",
    "console:pipeline:signed_copy_add": "rows",
    "workspace:evidence_add": "rows",
    "workspace:evidence_withdraw": "rows",
    "workspace:landing_open": "rows",
    "workspace:project_view": "rows",
}
