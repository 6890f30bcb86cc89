from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from core.addresses import peers
from core.gate.forms import PublishGateForm


class BasePageForm(PublishGateForm, WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # The server proposes one, as the script does where there is one.
            self.fields["slug"].required = False
        if "slug" in self.fields and self.instance.pk and peers(self.instance).exists():
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _(
                "The same in every language. As the page has been translated, it can no longer be changed."
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.path or not self.parent_page:
            return
        try:
            self.instance.check_place(self.parent_page)
        except ValidationError as error:
            self.add_error(None, error)
