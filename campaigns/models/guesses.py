"""What the import set on a quote, or left open, and no editor has decided since: a row of `GuessedQuote`.

The import used to take people for officials by their roles' first letters, and for people known before by their
names. It now leaves both to the editor. While the row is there, whatever the quote says of who speaks was set by
nobody who may decide it: by the import or by other code.
"""

from django.contrib.auth.models import User
from django.utils import timezone

from campaigns.models.imports import GuessedQuote, ImportedQuote
from core.typed import Translatable


def guessed(quote: Translatable) -> list[str]:
    """Return which of the fields "who_speaks" and "speaker" have a value that no editor has decided."""
    guess = GuessedQuote.objects.filter(translation_key=quote.translation_key).first()
    if guess is None:
        return []
    is_guessed = {
        "who_speaks": bool(quote.who_speaks),
        "speaker": guess.speaker_id is not None and quote.speaker_id == guess.speaker_id,
    }
    return [name for name, found in is_guessed.items() if found]


def is_decision(quote: Translatable) -> bool:
    """Whether a person who saves the quote now brings another answer to who speaks than was there and was guessed.

    To be asked before the revision is saved. Translations take the answer over from the original, so saving one
    decides nothing. An editor who repeats the guess decides in the form alone, which shows the field as empty.
    """
    guess = GuessedQuote.objects.filter(translation_key=quote.translation_key).first()
    original = _original(quote)
    if guess is None or not quote.who_speaks or quote != original:
        return False
    latest = original.latest_revision
    before = latest.content.get("who_speaks") if latest else original.who_speaks
    return quote.who_speaks not in (before, guess.who_speaks)


def decide(quote: Translatable, user: User | None) -> None:
    """Note of an imported quote that an editor has said who speaks, and forget the name that the text proposed."""
    was_open, _rows = GuessedQuote.objects.filter(translation_key=quote.translation_key).delete()
    original = _original(quote)
    decision = {"name": "", "decided_by": user, "decided_at": timezone.now()}
    waiting = ImportedQuote.objects.filter(quote=original, decided_at=None)
    if not waiting.update(**decision) and was_open:
        ImportedQuote.objects.get_or_create(quote=original, defaults=decision)


def _original(quote: Translatable) -> Translatable | None:
    """The row that its translations follow."""
    return type(quote)._base_manager.filter(translation_key=quote.translation_key).order_by("pk").first()
