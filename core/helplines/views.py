"""Admin views of helplines. A saved change is live at once, so the old and the new state must be confirmed
first."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import BooleanColumn, UpdatedAtColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button

from core.helplines.describe import differences
from core.helplines.forms import HelplineForm, edit_handler
from core.helplines.models import Helpline
from core.helplines.typed_numbers import Typed, former_numbers, typed_places
from core.internals.django import URLPattern, capfirst
from core.internals.wagtail_admin import PermissionCheckedMixin, WagtailAdminTemplateMixin, generic
from core.typed import AnyFormView

if TYPE_CHECKING:
    FormViewMixin = AnyFormView
else:
    FormViewMixin = object

NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "confirmed", "back"}


class ConfirmedFormMixin(FormViewMixin):
    """A mixin for form views that save a change only with the fingerprint of the change that the user confirmed.
    If somebody else has changed the helpline meanwhile, the fingerprint differs and confirmation is asked for
    again."""

    confirm_template_name = "admin/helplines/confirm.html"

    def form_valid(self, form: HelplineForm) -> HttpResponse:
        """Save the change if the user has confirmed exactly this one; otherwise ask for confirmation, or show the
        form again after “back”."""
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

    def _ask(self, old: dict[str, Any] | None, new: dict[str, Any], fingerprint: str) -> HttpResponse:
        """Return the page that asks to confirm a change and sends the same form again."""
        sent = [(name, value) for name, values in self.request.POST.lists() for value in values]
        context = {
            "view": self,
            "page_title": _("Confirm the change"),
            "header_title": _("Confirm the change"),
            "is_new": old is None,
            "differences": differences(old, new),
            "typed": typed_places(old["number"]) if old and old["number"] != new["number"] else [],
            "fingerprint": fingerprint,
            "sent": [(name, value) for name, value in sent if name not in NOT_SENT_AGAIN],
            "action_url": self.request.path,
        }
        return TemplateResponse(self.request, self.confirm_template_name, context)


def _fingerprint(old: dict[str, Any] | None, new: dict[str, Any]) -> str:
    """Return the SHA-256 of a change from the state `old` (None for a new helpline) to `new`."""
    return hashlib.sha256(json.dumps([old, new], sort_keys=True).encode()).hexdigest()


class HelplineCreateView(ConfirmedFormMixin, generic.CreateView):
    pass


class HelplineEditView(ConfirmedFormMixin, generic.EditView):
    pass


class TypedNumbersView(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    """The list of pages and snippets whose text contains a former number of a helpline."""

    template_name = "admin/helplines/typed.html"
    page_title = _("Former numbers in texts")
    header_icon = "warning"
    model = Helpline
    any_permission_required = ("add", "change", "delete", "view")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = [
            {"url": reverse("helplines:index"), "label": capfirst(Helpline._meta.verbose_name_plural)},
            {"url": "", "label": self.get_page_title()},
        ]
        return [*self.breadcrumbs_items, *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [Typed(number, typed_places(number)) for number in former_numbers()]
        return {**super().get_context_data(**kwargs), "typed": [each for each in found if each.rows]}


class HelplineIndexView(generic.IndexView):
    """The list of helplines, with a link to the list of former numbers in texts."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("helplines:typed")
        return [*super().header_more_buttons, Button(TypedNumbersView.page_title, url=url, icon_name="warning")]


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
    index_view_class = HelplineIndexView
    list_display = ["__str__", BooleanColumn("is_primary", label=_("The site's helpline")), UpdatedAtColumn()]

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view(TypedNumbersView)
        return [*super().get_urlpatterns(), path("typed/", view, name="typed")]
