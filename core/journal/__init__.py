"""The journal: a file outside the database that lists what must not come back with a backup.

`file` reads and writes the journal, `recording` adds entries, and `applying` repeats on a restored database what
they say. Other packages and apps record their own, such as `core.publishing.taken_away`. An entry that protects
somebody is written before the commit, an entry that lifts a protection after the commit. So a lost line never
makes anything public.
"""
