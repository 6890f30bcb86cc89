"""Fingerprints of what a translation was made from: its source with blocks, their order and values, and the
texts."""

import json
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from wagtail_localize.models import Translation, TranslationSource

from core.publishing.gate import shown
from translation.units.segments import Segment


def print_of(source: TranslationSource) -> str:
    """Return a SHA-256 of the source's public content."""
    content = json.dumps(shown(json.loads(source.content_json)), sort_keys=True)
    return sha256(content.encode()).hexdigest()


def fingerprint(of_source: str, wordings: Iterable[tuple[UUID, UUID, str]]) -> str:
    """Return a SHA-256 of a source's fingerprint and texts. `wordings`: hash of path, hash of source string,
    text."""
    rows = sorted({(str(path), str(string), text) for path, string, text in wordings})
    return sha256(json.dumps([of_source, rows]).encode()).hexdigest()


def made_from(translation: Translation, segments: list[Segment]) -> str:
    """Return the fingerprint of a translation's source and draft texts."""
    return fingerprint(print_of(translation.source), ((*segment.place, segment.text) for segment in segments))
