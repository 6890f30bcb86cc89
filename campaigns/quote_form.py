"""The form of a quote: what the import guessed is asked anew."""

from typing import Any

from core.consent.forms import KeptConsentForm


class QuoteForm(KeptConsentForm):
    """Shows as empty what the import guessed, so that saying who speaks is an editor's decision."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in self.instance.guessed_fields if self.instance.pk else ():
            self.initial[name] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.instance.who_speaks_decided = "who_speaks" in self.fields and bool(cleaned.get("who_speaks"))
        return cleaned
