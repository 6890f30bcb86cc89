"""Handling of outages of Redis and PostgreSQL, so that the site keeps running and recovers by itself.

`cache` is the cache backend and `postgresql` the database engine for the settings; both use `breaker`. The pages
that readers see during an outage are in `core.helplines.copy` and `home.views`.
"""
