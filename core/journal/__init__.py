"""The journal: a file outside the database that names what must not come back with a backup.

`file` reads and writes it, `recording` is called where something is taken away, `applying` does it again on a
restored database. What protects somebody is written before the commit, what lifts a protection after it. So a lost
line never makes anything public.
"""
