class BackupError(Exception):
    """Says to the operator what is wrong and how to go on. Nothing was changed."""
