"""The audit log: log-ins, accounts, groups, rights, second factors, consent, exports, deletions, backups.

Entries are added when rows change (`rows`), when other code calls `wagtail.log_actions.log` with an action that is
not Wagtail's own, by the middleware (exports) and by `record`. They cannot be changed: not in the admin, not by
the ORM, and not by SQL (`triggers`). They hold no content, only kinds and numbers; only users and groups are
named.
"""
