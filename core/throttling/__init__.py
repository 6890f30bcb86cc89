"""Rate limits. `attempts` counts attempts at secrets in the database, for all processes and across restarts.
`reading` counts requests of readers in the cache, where counts may be lost."""
