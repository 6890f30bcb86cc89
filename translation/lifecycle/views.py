"""Admin views that unpublish an object in all languages, and that ask about the schedule of its translations."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from core.internals.wagtail_admin import get_valid_next_url_from_request
from core.models import BasePage, TranslatableSnippet
from core.rights import may_publish
from core.typed import AdminRequest, Translatable
from translation.lifecycle.actions import everywhere, take_down
from translation.lifecycle.page_actions import again, list_url, tell_taken_down
from translation.lifecycle.questions import ALL, FIELD, NOT_ANSWERED, ONLY_THIS, Question, possible
from translation.lifecycle.schedule import choose, days_of
from translation.lifecycle.siblings import Deed, Other, others_of, refusal
from translation.named_view import NamedView


def found(app_label: str, model_name: str, pk: int) -> Translatable:
    """Return the page or snippet that a URL names. Raise Http404 if there is none, or the model is neither."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not issubclass(model, BasePage | TranslatableSnippet):
        raise Http404
    return get_object_or_404(model, pk=pk)


def view_args(instance: Translatable) -> list[Any]:
    """Return the URL arguments that name the object, as `found` takes them."""
    return [instance._meta.app_label, instance._meta.model_name, instance.pk]


def edit_url(user: User, instance: Translatable) -> str:
    """Return the URL of the object's edit view, or of the admin's home if the user may not edit the object."""
    return AdminURLFinder(user).get_edit_url(instance) or reverse("wagtailadmin_home")


class OfOneThing(NamedView, TemplateView):
    """Base view on one page or snippet, for users who may publish it."""

    header_icon = "globe"
    request: AdminRequest

    @cached_property
    def thing(self) -> Translatable:
        return found(**self.kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_publish(self.request.user, self.thing):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "thing": self.thing, "back": edit_url(self.request.user, self.thing), "field": FIELD}


class TakeDownView(OfOneThing):
    """View that unpublishes the object in all languages, for pages on request with the pages beneath."""

    template_name = "admin/translation/take_down.html"

    def get_page_title(self) -> str:
        return _("Unpublish in all languages")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        itself = Other(
            self.thing, self.thing.locale.get_display_name(), False, refusal(self.thing, Deed.TAKE_DOWN, user)
        )
        asked = Question(Deed.TAKE_DOWN, [], ALL, [itself, *others_of(self.thing, Deed.TAKE_DOWN, user)])
        return {
            **super().get_context_data(**kwargs),
            "question": asked,
            "next": get_valid_next_url_from_request(self.request),
        }

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        try:
            taken = take_down(everywhere(self.thing), request.user, below=bool(request.POST.get("below")))
        except ValidationError as error:
            return again(request, error)
        tell_taken_down(request, self.thing, taken)
        return redirect(get_valid_next_url_from_request(request) or list_url(self.thing))


class TogetherView(OfOneThing):
    """View that asks, after a source was scheduled, whether its translations follow the schedule."""

    template_name = "admin/translation/together.html"

    def get_page_title(self) -> str:
        return _("In the other languages too?")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        options = [
            (ALL, _("The same in the other languages")),
            (ONLY_THIS, _("Only in this language")),
        ]
        others = others_of(self.thing, Deed.TAKE_DOWN, self.request.user)
        go_live_at, expire_at = days_of(self.thing)
        return {
            **super().get_context_data(**kwargs),
            "question": Question("together", options, possible(ALL, others), others),
            "go_live_at": go_live_at,
            "expire_at": expire_at,
        }

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        chosen = request.POST.get(FIELD)
        if chosen not in (ALL, ONLY_THIS):
            return again(request, NOT_ANSWERED)
        try:
            choose(self.thing, chosen == ALL, request.user)
        except ValidationError as error:
            return again(request, error)
        messages.success(request, _("Choice saved for “%(title)s”.") % {"title": self.thing})
        return redirect(edit_url(request.user, self.thing))
