"""The form of a quote, which asks again for values that the import guessed."""

from typing import Any

from core.publishing.forms import KeptConsentForm


class QuoteForm(KeptConsentForm):
    """A form that shows fields whose values the import guessed as empty, so that an editor has to decide who
    speaks."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in self.instance.guessed_fields if self.instance.pk else ():
            self.initial[name] = None

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data, and set `who_speaks_decided` on the quote to whether the form has a value of
        who speaks."""
        cleaned = super().clean()
        self.instance.who_speaks_decided = "who_speaks" in self.fields and bool(cleaned.get("who_speaks"))
        return cleaned
