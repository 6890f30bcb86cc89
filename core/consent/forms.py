from typing import Any

from core.publishing.forms import SnippetForm


class KeptConsentForm(SnippetForm):
    """Shows the consent that counts, whichever language it was noted in."""

    def __init__(self, *args: Any, **kwargs: Any):
        instance = kwargs.get("instance")
        if instance and instance.pk:
            instance.take_kept_consent()
        super().__init__(*args, **kwargs)
