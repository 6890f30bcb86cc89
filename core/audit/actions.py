"""Names and labels of the actions that the audit log records itself. Actions that other code logs with Wagtail are
registered with Wagtail."""

from django.utils.translation import gettext_lazy as _

LOGGED_IN = "log_in"
LOG_IN_FAILED = "log_in.failed"
LOG_IN_REFUSED = "log_in.refused"
ACCOUNT_CREATED = "account.created"
ACCOUNT_CHANGED = "account.changed"
MEMBERS_CHANGED = "group.members"
RIGHTS_CHANGED = "rights.changed"
GROUP_CREATED = "group.created"
GROUP_RENAMED = "group.renamed"
CONSENT_CHANGED = "consent.changed"
ACCOUNT_LEFT = "account.left"
EXPORTED = "export"
DELETED = "deleted"
BACKUP_BEGUN = "backup.begun"
RESTORED = "backup.restored"

ACTIONS = {
    LOGGED_IN: _("Logged in"),
    LOG_IN_FAILED: _("Log-in failed"),
    LOG_IN_REFUSED: _("Too many attempts"),
    ACCOUNT_CREATED: _("Account created"),
    ACCOUNT_CHANGED: _("Account changed"),
    ACCOUNT_LEFT: _("Account closed, work handed over"),
    MEMBERS_CHANGED: _("Members of groups changed"),
    RIGHTS_CHANGED: _("Rights changed"),
    GROUP_CREATED: _("Group created"),
    GROUP_RENAMED: _("Group renamed"),
    CONSENT_CHANGED: _("Consent changed"),
    EXPORTED: _("Exported"),
    DELETED: _("Deleted"),
    BACKUP_BEGUN: _("Backup started"),
    RESTORED: _("Restored from a backup"),
}

ORDINARY = "wagtail."
"""Prefix of Wagtail's own actions, which are not copied: Wagtail shows them in the history of a page or object.
Deletions and other changes that matter to the audit log are recorded by model signals
(`core.audit.row_changes`)."""
