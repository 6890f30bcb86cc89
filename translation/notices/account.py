"""The choice between single mails, a daily digest and no mails, in the account settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from core.internals.wagtail_admin import notifications_tab
from core.typed import AnyModelForm
from translation.models import NoticePreference

AT_ONCE, DAILY, NEVER = "at_once", "daily", "never"


class PreferenceForm(AnyModelForm):
    mails = forms.ChoiceField(
        label=_("Mails about translations"),
        choices=[(AT_ONCE, _("At once")), (DAILY, _("One mail a day")), (NEVER, _("Never"))],
        widget=forms.RadioSelect,
        help_text=_("All notices are on the dashboard."),
    )

    class Meta:
        model = NoticePreference
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        chosen = DAILY if self.instance.daily_digest else AT_ONCE
        self.initial["mails"] = NEVER if self.instance.never else chosen

    def save(self, commit: bool = True) -> NoticePreference:
        chosen = self.cleaned_data["mails"]
        self.instance.never, self.instance.daily_digest = chosen == NEVER, chosen == DAILY
        saved: NoticePreference = super().save(commit)
        return saved


class NoticePreferencePanel(BaseSettingsPanel):
    """The panel of the account settings in which people choose how they receive notices."""

    name = "translation_notices"
    title = _("Notices about translations")
    tab = notifications_tab
    order = 200
    form_class = PreferenceForm

    def get_form(self) -> PreferenceForm:
        known = NoticePreference.objects.filter(person=self.user).first()
        data = self.request.POST if self.request.method == "POST" else None
        return PreferenceForm(data, instance=known or NoticePreference(person=self.user), prefix=self.name)
