"""The journal: a file outside the database that lists what must not come back with a backup.

`file` reads and writes the journal, `recording` adds entries when something is unpublished, deleted or made
private, and `applying` repeats this on a restored database. An entry that protects somebody is written before the
commit, an entry that lifts a protection after the commit. So a lost line never makes anything public.
"""
