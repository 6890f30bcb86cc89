"""The form of snippets with consent."""

from typing import Any

from core.publishing.forms import SnippetForm


class KeptConsentForm(SnippetForm):
    """A snippet form that shows the consent kept by the source, in whichever language the form is opened."""

    def __init__(self, *args: Any, **kwargs: Any):
        instance = kwargs.get("instance")
        if instance and instance.pk:
            instance.take_kept_consent()
        super().__init__(*args, **kwargs)
