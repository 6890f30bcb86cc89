"""Backups of the database and the stored files, and how a site is restored from one.

A backup is a folder named by its time (`runs`): a dump of the database, the journal as it was when the backup
began, and a manifest with the SHA-256 of everything. The stored files of all backups are kept once each in a
common folder, named by their digests (`blobs`). `making` makes a backup, `restoring` restores one, and `engines`
dump and load SQLite and PostgreSQL.
"""
