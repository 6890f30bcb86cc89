"""The page cache as WSGI middleware around Django: what it can answer touches no session, no log-in and no
database."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from core.http.page_cache import responses
from core.http.page_cache.requests import Environ, for_rendering, key_of
from core.http.page_cache.responses import Entry, StartResponse
from core.http.page_cache.store import Store
from core.stamps.collecting import Collected, collecting, end_of_today
from core.stamps.file import StampFile, places_of
from core.stamps.redis import Follower

logger = logging.getLogger(__name__)

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

FRESH, OLD, GONE = "fresh", "old", "gone"
_UNSTORED = 1_000
"""How many keys are remembered whose responses cannot be stored."""


class PageCache:
    """The application that answers from the store what is fresh, and has the site render the rest.

    A page of which something was edited is shown to others while one request renders it, and during an outage. A
    page of which something was removed is never shown again."""

    def __init__(
        self,
        application: Application,
        store: Store,
        stamps: StampFile,
        follower: Follower | None = None,
        count: Callable[[str], object] = lambda how: None,
    ) -> None:
        self.application = application
        self.store = store
        self.stamps = stamps
        self.follower = follower
        self.count = count
        self._unstored: dict[str, int] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None or not self._is_current():
            return self.application(environ, start_response)
        entry, state = self._find(key)
        if entry is not None and state is FRESH:
            return self._answer(entry, environ, start_response, "hit")
        if self._unstored.get(key) == self.stamps.last:
            return self.application(environ, start_response)
        with self.store.rendering(key, waits=state is GONE) as is_first:
            if not is_first:
                entry, state = self._find(key)
                if entry is not None and state is not GONE:
                    return self._answer(entry, environ, start_response, _hit(state))
            return self._render(key, entry if state is OLD else None, environ, start_response)

    def _answer(self, entry: Entry, environ: Environ, start_response: StartResponse, how: str) -> Iterable[bytes]:
        """Answer with an entry, and count it by how it was found."""
        self.count(how)
        return responses.answer(entry, environ, start_response, how)

    def _is_current(self) -> bool:
        """Return whether the stamps of other servers are known."""
        if self.follower is None:
            return True
        self.follower.start()
        return self.follower.is_current

    def _find(self, key: str) -> tuple[Entry | None, str]:
        """Return the entry of a key with its state; GONE if there is none that may be shown."""
        entry = self.store.remembered(key)
        state = self._state(entry)
        if state is not FRESH and (stored := self.store.read(key)) is not None:
            entry, state = stored, self._state(stored)
        return (None, GONE) if state is GONE else (entry, state)

    def _state(self, entry: Entry | None) -> str:
        if entry is None:
            return GONE
        now, last = responses.now(), self.stamps.last
        if entry.stamp > last or (entry.ends is not None and now >= entry.ends):
            return GONE
        if entry.checked != last:
            if self.stamps.newest(entry.places, removals=True) > entry.stamp:
                return GONE
            if self.stamps.newest(entry.places) > entry.stamp:
                return OLD
            entry.checked = last
        return FRESH if now < entry.fresh_until else OLD

    def _render(
        self, key: str, old: Entry | None, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer by rendering, and store the response; with `old` if the site cannot answer now."""
        stamp = self.stamps.last
        started: list[Any] = []
        with collecting() as collected:
            body = self.application(for_rendering(environ), lambda *args: started.extend(args[:2]))
        status, headers = started
        if old is not None and status.startswith("5"):
            _close(body)
            return self._answer(old, environ, start_response, "hit; detail=stale")
        if not responses.is_storable(status, headers):
            self._note_unstored(key, stamp)
            start_response(status, headers)
            return body
        try:
            content = b"".join(body)
        finally:
            _close(body)
        entry = responses.entry_of(headers, content, stamp=stamp, **_validity(collected))
        if self.stamps.newest(entry.places) <= stamp:
            self.store.save(key, entry)
        return self._answer(entry, environ, start_response, "fwd=miss")

    def _note_unstored(self, key: str, stamp: int) -> None:
        """Note that the response of a key cannot be stored, so that requests for it do not wait for each other."""
        if len(self._unstored) > _UNSTORED:
            self._unstored.clear()
        self._unstored[key] = stamp


def _hit(state: str) -> str:
    return "hit" if state is FRESH else "hit; detail=stale"


def _validity(collected: Collected) -> dict[str, Any]:
    """Return the places of the collected tags and the times from which the response is old or must not be
    shown."""
    return {
        "places": places_of(collected.tags),
        "fresh_until": end_of_today().timestamp(),
        "ends": collected.ends and collected.ends.timestamp(),
    }


def _close(body: Iterable[bytes]) -> None:
    """Close a response, which ends the request for Django."""
    if close := getattr(body, "close", None):
        close()
