"""The engine: `core.outages.postgresql` in DATABASES."""

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
"""How a broken network is noticed. A frozen server is not: `watch`."""
FOR_PAGES = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s -c jit=off"
"""For processes that serve pages: what the server ends by itself, while commands and the worker may take longer.
Compiling a query (jit) takes seconds where a page's queries take milliseconds, and cannot be interrupted."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, in which no thread waits for a server that is known not to answer.

    What DATABASES or DATABASE_URL say of connections has precedence.
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
