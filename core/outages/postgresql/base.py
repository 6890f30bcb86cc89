"""The database wrapper of the engine `core.outages.postgresql`."""

from typing import Any

from django.db.backends.postgresql import base

from core.outages.postgresql import watch

LIVENESS = {
    "connect_timeout": watch.CONNECTING,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
"""Parameters of libpq by which a broken network is detected. They do not detect a frozen server; see `watch`."""
FOR_PAGES = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s -c jit=off"
"""Options for processes that serve pages: the server ends long statements and idle transactions. Commands and the
worker have no such limits. JIT compilation is off, as it takes seconds, while the queries of pages take
milliseconds, and cannot be interrupted."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper, which does not connect to a server that is known not to answer.

    Connection parameters in DATABASES or DATABASE_URL take precedence over those of this module.
    """

    def get_connection_params(self) -> dict[str, Any]:
        params = {**LIVENESS, **super().get_connection_params()}
        if watch.gives_up():
            params["options"] = f"{FOR_PAGES} {params.get('options', '')}".strip()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> object:
        if not watch.is_on():
            return super().get_new_connection(conn_params)
        if watch.breaker.is_open:
            raise self.Database.OperationalError("The server does not answer.")
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError as error:
            watch.breaker.open(error)
            raise
