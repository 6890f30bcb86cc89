"""Submitting for translation. wagtail-localize's own would write into what is live in the language already, call
a page “same-1” where its address is taken, and put aliases where parents are missing."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationForm,
)

from core.addresses import rivals
from translation.rights.steer import held_up, may_start, may_steer
from translation.segments import original_of


class DraftsOnly(TranslationCreator):
    """Leaves alone what is live, what somebody has locked or submitted, and what the user may not make."""

    def create_translations(self, instance: models.Model, include_related_objects: bool = True) -> None:
        wanted = self.target_locales
        made = {target.locale_id: target for target in instance.get_translations()}
        self.target_locales = [each for each in wanted if self._is_open(instance, each, made.get(each.pk))]
        super().create_translations(instance, include_related_objects)
        self.target_locales = wanted

    def _is_open(self, instance: models.Model, locale: Locale, target: models.Model | None) -> bool:
        if target is None:
            return may_start(self.user, instance, locale)
        return not target.live and may_steer(self.user, target) and not held_up(self.user, target)


class SubmitForm(SubmitTranslationForm):
    def __init__(self, instance: models.Model, user: AbstractBaseUser, *args, **kwargs):
        super().__init__(instance, *args, **kwargs)
        self.instance = instance
        self.user = user

    def clean(self) -> dict:
        cleaned = super().clean()
        original = original_of(self.instance)
        if original.locale_id != self.instance.locale_id:
            message = _("This is itself a translation. Submit “%(title)s” in %(language)s, which it follows.")
            names = {"title": original, "language": original.locale.get_display_name()}
            raise ValidationError(message % names)
        for locale in cleaned.get("locales", []):
            if not may_start(self.user, self.instance, locale):
                raise PermissionDenied
        if isinstance(self.instance, Page):
            for locale in cleaned.get("locales", []):
                self.check_place(locale)
        return cleaned

    def check_place(self, locale: Locale) -> None:
        """Only of the page itself: beneath it nothing can be in a language that it lacks."""
        parent = self.instance.get_parent()
        if parent.is_root():
            return
        names = {"title": self.instance.title, "slug": self.instance.slug, "language": locale.get_display_name()}
        rival = rivals(self.instance, parent).filter(locale=locale).first()
        if not parent.has_translation(locale):
            message = _("“%(parent)s”, above this page, is not in %(language)s yet. Submit it first.")
            self.add_error("locales", message % {**names, "parent": parent.title})
        elif rival:
            message = _("“%(slug)s”, the address of “%(title)s”, is that of “%(rival)s” in %(language)s already.")
            self.add_error("locales", message % {**names, "rival": rival.title})

    def submitted(self) -> Iterator[models.Model]:
        """From above to below."""
        if self.cleaned_data.get("include_subtree") and isinstance(self.instance, Page):
            return self.instance.get_descendants(inclusive=True).order_by("path").iterator()
        return iter([self.instance])


class SubmitDrafts:
    """Before wagtail-localize's own view."""

    def get_form(self) -> SubmitForm:
        if self.request.method == "POST":
            return SubmitForm(self.object, self.request.user, self.request.POST)
        chosen = Locale.objects.filter(language_code=self.request.GET.get("select_locale", ""))
        return SubmitForm(self.object, self.request.user, initial={"locales": chosen})

    @transaction.atomic
    def form_valid(self, form: SubmitForm) -> HttpResponse:
        locales = list(form.cleaned_data["locales"])
        creator = DraftsOnly(self.request.user, locales)
        for instance in form.submitted():
            creator.create_translations(instance)
        self.components.save(creator, sources_and_translations=creator.mappings)
        names = ", ".join(locale.get_display_name() for locale in locales)
        messages.success(self.request, self.get_success_message(names))
        only_one = self.object.get_translation(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(only_one))


class SubmitPage(SubmitDrafts, SubmitPageTranslationView):
    pass


class SubmitSnippet(SubmitDrafts, SubmitSnippetTranslationView):
    pass
