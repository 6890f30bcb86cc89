"""The audit log: log-ins, accounts, groups, rights, second factors, consent, exports, deletions, backups.

Entries are added when rows change (`rows`), by what other code writes with `wagtail.log_actions.log` under a name
of its own, by the middleware (exports) and by `record`. Nothing changes them: not the admin, not the ORM, and not
SQL (`triggers`). They hold no content, only kinds and numbers; people who work here are named.
"""
