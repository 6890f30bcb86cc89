"""The alternative text of an image in one language, for who translates into it: the image's own form is for those
who may change the picture."""

from copy import copy
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from core.alt_texts import outdated, sources_after
from core.gate.live_images import live_users, text_errors
from core.gate.references import references
from core.languages import language
from core.models import SiteImage
from translation.rights.ask import languages_of


@dataclass(frozen=True)
class Picture:
    image: SiteImage
    text: str
    is_outdated: bool


def pictures_of(thing: models.Model, code: str) -> list[Picture]:
    """What the thing shows itself, with the text of each in the language (two queries)."""
    pks = {each.pk for each in references(thing) if issubclass(each.model, SiteImage)}
    return [
        Picture(image, image.alt_texts.get(code, ""), code in outdated(image.alt_texts, image.alt_sources))
        for image in SiteImage.objects.filter(pk__in=pks).order_by("title", "pk")
    ]


class AltTextForm(forms.Form):
    text = forms.CharField(max_length=300)

    def __init__(self, *args, image: SiteImage, code: str, **kwargs):
        super().__init__(*args, **{**kwargs, "initial": {"text": image.alt_texts.get(code, "")}})
        self.image, self.code = image, code
        field, words = self.fields["text"], language(code)
        field.label = _("Alternative text, %(language)s") % {"language": words.name}
        field.help_text = _("What a reader should know who cannot see the picture. Not the file's name.")
        field.widget.attrs |= {"lang": words.code, "dir": words.dir}

    def clean_text(self) -> str:
        """Readers see it at once where something live shows the image."""
        text, changed = self.cleaned_data["text"], copy(self.image)
        changed.alt_texts = {**self.image.alt_texts, self.code: text}
        errors = [error for code, error in text_errors(changed, live_users(self.image)) if code == self.code]
        if errors:
            raise forms.ValidationError(errors)
        return text


class AltTextView(WagtailAdminTemplateMixin, FormView):
    template_name = "admin/translation/alt_text.html"
    form_class = AltTextForm
    header_icon = "image"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.kwargs["code"] not in languages_of(request.user) - {settings.LANGUAGE_CODE}:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def image(self) -> SiteImage:
        return get_object_or_404(SiteImage, pk=self.kwargs["image_id"])

    def get_page_title(self) -> str:
        return _("Alternative text")

    def get_page_subtitle(self) -> str:
        return self.image.title

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "image": self.image, "code": self.kwargs["code"]}

    def get_context_data(self, **kwargs) -> dict:
        code = self.kwargs["code"]
        stale = code in outdated(self.image.alt_texts, self.image.alt_sources)
        return {
            **super().get_context_data(**kwargs),
            "image": self.image,
            "source": self.image.alt_words(settings.LANGUAGE_CODE),
            "old_source": self.image.alt_sources.get(code, "") if stale else "",
        }

    def form_valid(self, form: AltTextForm) -> HttpResponse:
        """Saved as it was, it holds for what the original says now."""
        code = self.kwargs["code"]
        with transaction.atomic():
            image = SiteImage.objects.select_for_update().get(pk=self.image.pk)
            texts = {**image.alt_texts, code: form.cleaned_data["text"]}
            image.alt_sources = sources_after(image.alt_texts, image.alt_sources, texts, confirmed={code})
            image.alt_texts = texts
            image.save(update_fields=["alt_texts", "alt_sources"])
            log(image, "wagtail.edit", user=self.request.user)
        messages.success(self.request, _("The alternative text is saved."))
        return redirect("translation_board:index")
