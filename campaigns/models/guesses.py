"""Functions that tell values guessed by the import from values decided by an editor.

Earlier versions of the import guessed that somebody holds an office from the first letters of the role, and chose
the speaker by the name. The import now leaves both fields to the editor. As long as a quote has a row of
`GuessedQuote`, its value of `who_speaks` was set by code and not decided by an editor.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils import timezone

from campaigns.models.imports import GuessedQuote, ImportedQuote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from campaigns.models.quote import Quote

_READ = "_read_guess"


def guessed(quote: "Quote") -> list[str]:
    """Return which of the fields "who_speaks" and "speaker" have a value that the import has set and no editor has
    decided; an empty list if the quote has no `GuessedQuote`."""
    if _READ in quote.__dict__:
        guess = quote.__dict__.pop(_READ)
    else:
        guess = GuessedQuote.objects.filter(translation_key=quote.translation_key).first()
    if guess is None:
        return []
    is_guessed = {
        "who_speaks": bool(quote.who_speaks),
        "speaker": guess.speaker_id is not None and quote.speaker_id == guess.speaker_id,
    }
    return [name for name, found in is_guessed.items() if found]


def read_guesses(quotes: "Sequence[Quote]") -> None:
    """Read the guesses about several quotes, for which `guessed` is going to be called."""
    found = GuessedQuote.objects.filter(translation_key__in=[quote.translation_key for quote in quotes])
    guesses = {guess.translation_key: guess for guess in found}
    for quote in quotes:
        quote.__dict__[_READ] = guesses.get(quote.translation_key)


def is_decision(quote: "Quote") -> bool:
    """Return whether `who_speaks` of an undecided quote has a value that differs from both the last revision and
    the guess, so that a person who saves the quote has decided it. Call it before the revision is saved.

    Saving a translation decides nothing: translations copy the value from the source. An editor who chooses the
    guessed value again is recognised by the form (`QuoteForm`), which shows the field as empty.
    """
    guess = GuessedQuote.objects.filter(translation_key=quote.translation_key).first()
    original = _original(quote)
    if guess is None or original is None or not quote.who_speaks or quote != original:
        return False
    latest = original.latest_revision
    before = latest.content.get("who_speaks") if latest else original.who_speaks
    return quote.who_speaks not in (before, guess.who_speaks)


def decide(quote: "Quote", user: User | None) -> None:
    """Record that `user` has decided who speaks in an imported quote: delete its `GuessedQuote`, and in its
    `ImportedQuote`, which is created if missing, note the decision and erase the name that was read in the text.
    Change nothing if the quote is not waiting for a decision."""
    was_open, _rows = GuessedQuote.objects.filter(translation_key=quote.translation_key).delete()
    original = _original(quote)
    decision = {"name": "", "decided_by": user, "decided_at": timezone.now()}
    waiting = ImportedQuote.objects.filter(quote=original, decided_at=None)
    if not waiting.update(**decision) and was_open:
        ImportedQuote.objects.get_or_create(quote=original, defaults=decision)


def _original(quote: "Quote") -> "Quote | None":
    """Return the quote's row in the source language: the one created first."""
    return type(quote)._base_manager.filter(translation_key=quote.translation_key).order_by("pk").first()
