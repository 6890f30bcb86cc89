"""Helplines in the admin. What is saved is live at once, so old and new are shown for confirmation before."""

import hashlib
import json

from django.db import transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.helplines.describe import differences
from core.helplines.forms import edit_handler
from core.models import Helpline

NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "confirmed", "back"}


class ConfirmedFormMixin:
    """Stores what was sent only together with the fingerprint of the change that was shown for confirmation. Where
    somebody else has changed the helpline meanwhile, the change is another one and is shown anew."""

    confirm_template_name = "admin/helplines/confirm.html"

    def form_valid(self, form) -> HttpResponse:
        self.form = form
        if "back" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        with transaction.atomic():
            stored = Helpline.objects.select_for_update().filter(pk=form.instance.pk).first()
            old, new = stored.state() if stored else None, form.instance.state()
            fingerprint = _fingerprint(old, new)
            if self.request.POST.get("confirmed") == fingerprint:
                return super().form_valid(form)
        return self._ask(old, new, fingerprint)

    def _ask(self, old: dict | None, new: dict, fingerprint: str) -> HttpResponse:
        sent = [(name, value) for name, values in self.request.POST.lists() for value in values]
        context = {
            "view": self,
            "page_title": _("Confirm the change"),
            "header_title": _("Confirm the change"),
            "is_new": old is None,
            "differences": differences(old, new),
            "fingerprint": fingerprint,
            "sent": [(name, value) for name, value in sent if name not in NOT_SENT_AGAIN],
            "action_url": self.request.path,
        }
        return TemplateResponse(self.request, self.confirm_template_name, context)


def _fingerprint(old: dict | None, new: dict) -> str:
    return hashlib.sha256(json.dumps([old, new], sort_keys=True).encode()).hexdigest()


class HelplineCreateView(ConfirmedFormMixin, generic.CreateView):
    pass


class HelplineEditView(ConfirmedFormMixin, generic.EditView):
    pass


class HelplineViewSet(ModelViewSet):
    model = Helpline
    name = url_prefix = "helplines"
    icon = "help"
    menu_label = _("Helplines")
    menu_order = 230
    add_to_admin_menu = True
    edit_handler = edit_handler
    copy_view_enabled = False
    add_view_class = HelplineCreateView
    edit_view_class = HelplineEditView
    list_display = ["__str__", BooleanColumn("is_primary", label=_("The site's helpline")), UpdatedAtColumn()]
