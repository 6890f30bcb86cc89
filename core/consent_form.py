from django.db.models import Model

from core.gate.forms import SnippetForm


class KeptConsentForm(SnippetForm):
    """Shows the consent that counts, whichever language it was noted in. A withdrawal that was an error is taken
    back by emptying its field and publishing; a draft without it changes nothing."""

    def __init__(self, *args, **kwargs):
        instance = kwargs.get("instance")
        if instance and instance.pk:
            instance.take_kept_consent()
        super().__init__(*args, **kwargs)

    def clean(self) -> dict:
        cleaned = super().clean()
        if "consent_withdrawn" in self.changed_data and self.goes_live():
            self.instance.withdrawal_taken_back = True
        return cleaned

    def save(self, commit: bool = True) -> Model:
        if self.instance.withdrawal_taken_back:
            self.instance.take_back_withdrawal()
        return super().save(commit)
