"""Errors of backups."""


class BackupError(Exception):
    """Error whose message tells the operator what is wrong and what to do. Nothing was changed."""
