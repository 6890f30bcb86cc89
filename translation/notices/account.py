from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from translation.models import NoticePreference


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = NoticePreference
        fields = ["daily_digest"]


class NoticePreferencePanel(BaseSettingsPanel):
    name = "translation_notices"
    title = _("Notices about translations")
    tab = notifications_tab
    order = 200
    form_class = PreferenceForm

    def get_form(self) -> PreferenceForm:
        known = NoticePreference.objects.filter(person=self.user).first()
        data = self.request.POST if self.request.method == "POST" else None
        return PreferenceForm(data, instance=known or NoticePreference(person=self.user), prefix=self.name)
