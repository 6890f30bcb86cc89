"""The choice between single mails and a daily digest, in the account settings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from core.internals.wagtail_admin import notifications_tab
from core.typed import AnyModelForm
from translation.models import NoticePreference


class PreferenceForm(AnyModelForm):
    class Meta:
        model = NoticePreference
        fields = ["daily_digest"]


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
