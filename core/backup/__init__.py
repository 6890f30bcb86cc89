"""Backups of the database and the stored files, and how a site is restored from one.

A backup is a folder named by its time (`runs`): the database, the journal as it was when the backup began, and a
manifest with the SHA-256 of everything. Stored files lie beside the backups under their digests, each once
(`blobs`). `making` makes a backup, `restoring` restores one, `engines` know the two databases.
"""
