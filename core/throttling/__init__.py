"""Limits on how often something may be asked for. `attempts` counts tries at secrets in the database, for all
processes together and through restarts; `reading` counts what readers ask for in the cache, where losing a count
harms nobody."""
