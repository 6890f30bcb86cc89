"""What keeps the site going while Redis or PostgreSQL does not answer, and brings it back when they do.

`cache` is the cache backend, `postgresql` the database engine that the settings name, `breaker` what both have in
common. What readers are shown meanwhile is in `core.helplines.copy` and `home.views`.
"""
