"""Views that send one object for translation, in place of wagtail-localize's. Those would overwrite live objects
in the target language, give a page the slug “same-1” if “same” is taken, and create aliases for missing
parents."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from core.languages.bidi import embedded
from core.typed import AdminRequest, Translatable
from translation.access.permissions import may_start
from translation.campaign_contents.to_translate import with_all
from translation.localize.views import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationForm,
    SubmitTranslationView,
)
from translation.sending.create import send
from translation.sending.forms import WorkForm
from translation.sending.jobs import request_send
from translation.sending.rules import check_place, may_send, refusals

AT_ONCE = 5
"""The number of objects that are sent at once; more are sent in the background."""


class SubmitForm(SubmitTranslationForm, WorkForm):
    """wagtail-localize's form, which here checks whether the object can be sent into the chosen languages, and
    asks who translates it and by when."""

    field_order = ("select_all", "locales", "include_subtree")

    def __init__(self, instance: Translatable, user: User, *args: Any, **kwargs: Any):
        super().__init__(instance, *args, **kwargs)  # type: ignore[arg-type]  # wagtail-localize's form takes it
        self.instance = instance
        self.user = user
        languages = self.fields["locales"]
        assert isinstance(languages, forms.ModelMultipleChoiceField)
        self.offer_people(languages.queryset or ())

    def clean(self) -> dict[str, Any]:
        """Add errors if the object cannot be sent, or a page has no place in a language. Raise PermissionDenied if
        the user may not create the object in one of the languages."""
        cleaned = super().clean() or {}
        if reason := refusals([self.instance]).get(self.instance):
            raise ValidationError({"locales": reason})
        if not all(may_start(self.user, self.instance, locale) for locale in cleaned.get("locales", [])):
            raise PermissionDenied
        if isinstance(self.instance, Page):
            for locale in cleaned.get("locales", []):
                try:
                    check_place(self.instance, locale)
                except ValidationError as error:
                    self.add_error("locales", error)
        return cleaned

    def submitted(self) -> list[Translatable]:
        """Return the object, with the pages below it if that was chosen, parents before children."""
        if self.cleaned_data.get("include_subtree") and isinstance(self.instance, Page):
            return list(self.instance.get_descendants(inclusive=True).specific().order_by("path"))
        return [self.instance]


if TYPE_CHECKING:

    class SubmitMixin(SubmitTranslationView):
        request: AdminRequest
else:
    SubmitMixin = object


class SubmitDrafts(SubmitMixin):
    """Mixin for wagtail-localize's views that creates drafts only, in the background if there are more than
    AT_ONCE objects, or if they are assigned."""

    template_name = "admin/sending/submit.html"

    def get_form(self) -> SubmitForm:
        if self.request.method == "POST":
            return SubmitForm(self.object, self.request.user, self.request.POST)
        chosen = Locale.objects.filter(language_code=self.request.GET.get("select_locale", ""))
        return SubmitForm(self.object, self.request.user, initial={"locales": chosen})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not may_send(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        locales = list(form.cleaned_data["locales"])
        chosen = form.submitted()
        everything = with_all(chosen, [locale.pk for locale in locales])
        due = form.cleaned_data["due"]
        if len(everything) > AT_ONCE or form.people or due:
            job = request_send(chosen, locales, self.request.user, str(self.object), form.people, due)
            return redirect("translation_sending:job", job.pk)
        self.send_now(everything, locales)
        names = ", ".join(locale.get_display_name() for locale in locales)
        messages.success(self.request, self.get_success_message(names))
        only_one = self.object.get_translation_or_none(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(only_one))

    @transaction.atomic
    def send_now(self, everything: Sequence[Translatable], locales: list[Locale]) -> None:
        """Send objects in one transaction, and show as warnings what could not be sent; the others are sent
        nevertheless."""
        mappings: dict[TranslationSource, list[Translation]] = defaultdict(list)
        for instance in everything:
            try:
                sent = send(instance, locales, self.request.user)
            except (PermissionDenied, ValidationError) as error:
                messages.warning(self.request, " ".join(getattr(error, "messages", map(str, error.args))))
            else:
                mappings[sent.source] = sent.translations
                for problem in sent.problems:
                    messages.warning(
                        self.request,
                        _("“%(title)s”: %(reason)s") % {"title": embedded(instance), "reason": embedded(problem)},
                    )
        self.components.save(self, sources_and_translations=mappings)


class SubmitPage(SubmitDrafts, SubmitPageTranslationView):
    pass


class SubmitSnippet(SubmitDrafts, SubmitSnippetTranslationView):
    pass
