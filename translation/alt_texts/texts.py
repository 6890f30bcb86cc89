"""Admin view of the alternative text of an image in one language, for its translators and reviewers, who may not
use the image's own form."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Locale

from core.languages.bidi import embedded
from core.languages.site_languages import language
from core.media.alt_texts import outdated
from core.models import SiteImage
from core.references.files import images_of
from core.typed import AdminRequest, AnyFormView, Translatable
from translation.access.queries import languages_of
from translation.access.visible import visible
from translation.alt_texts.drafts import (
    SourceReplaced,
    approve,
    check_findings,
    check_text,
    may_decide,
    propose,
    refuse,
)
from translation.campaign_contents.seen_by_readers import image_key
from translation.checks.alt_texts import checked_drafts, place_in
from translation.control_characters import without_controls
from translation.models import AltTextDraft
from translation.named_view import NamedView
from translation.notices.events import see_changes


@dataclass(frozen=True)
class Picture:
    """An image with its alternative text in one language."""

    image: SiteImage
    text: str
    is_outdated: bool
    draft: AltTextDraft | None = None

    @property
    def is_behind(self) -> bool:
        """Whether the draft or, if there is none, the text was written for another source."""
        return self.draft.is_behind if self.draft else self.is_outdated


def pictures_of(thing: Translatable, locale: Locale) -> list[Picture]:
    """Return the images that the object refers to, as `pictures_among` does."""
    return pictures_among(images_of(thing), locale)


def pictures_among(pks: Collection[int], locale: Locale) -> list[Picture]:
    """Return the images with these primary keys, by title, with their texts and drafts in the language (two
    queries)."""
    code = locale.language_code
    drafts = {draft.image_id: draft for draft in AltTextDraft.objects.filter(image__in=pks, locale=locale)}
    return [
        Picture(
            image,
            image.alt_texts.get(code, ""),
            code in outdated(image.alt_texts, image.alt_sources),
            drafts.get(image.pk),
        )
        for image in SiteImage.objects.filter(pk__in=pks).order_by("title", "pk")
    ]


class AltTextForm(forms.Form):
    """Form of an alternative text, which must pass the publishing checks and those of translated texts."""

    text = forms.CharField(max_length=300)

    def __init__(self, *args: Any, image: SiteImage, locale: Locale, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.image, self.locale = image, locale
        field, words = self.fields["text"], language(locale.language_code)
        field.label = _("Alternative text, %(language)s") % {"language": words.name}
        field.help_text = _("Describe the image for readers who cannot see it. Do not enter the file name.")
        field.widget.attrs |= {"lang": words.code, "dir": words.dir}

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        check_text(self.image, self.locale.language_code, text)
        check_findings(self.image, self.locale.pk, text)
        return text


class AltTextView(NamedView, AnyFormView):
    """View of an alternative text in one language, not the site's default one, for its translators and reviewers.
    POST with an `action` approves the waiting draft or sends it back; POST without one proposes a text."""

    request: AdminRequest
    template_name = "admin/translation/alt_text.html"
    form_class = AltTextForm
    header_icon = "image"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.kwargs["code"] not in languages_of(self.request.user) - {settings.LANGUAGE_CODE}:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def image(self) -> SiteImage:
        return get_object_or_404(visible(SiteImage.objects.all(), self.request.user), pk=self.kwargs["image_id"])

    @cached_property
    def locale(self) -> Locale:
        return get_object_or_404(Locale, language_code=self.kwargs["code"])

    @cached_property
    def draft(self) -> AltTextDraft | None:
        found = AltTextDraft.objects.select_related("written_by", "decided_by")
        return found.filter(image=self.image, locale=self.locale).first()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        see_changes(self.request.user, image_key(self.image.pk), self.locale.pk)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Alternative text")

    def get_page_subtitle(self) -> str:
        return f"{embedded(self.image.title)} ({embedded(self.locale.get_display_name())})"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "image": self.image, "locale": self.locale}

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.draft.text if self.draft else self.image.alt_texts.get(self.kwargs["code"], "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.kwargs["code"]
        texts, sources = self.image.alt_texts, self.image.alt_sources
        stale = code in outdated(texts, sources)
        now = texts.get(settings.LANGUAGE_CODE, "")
        return {
            **super().get_context_data(**kwargs),
            "image": self.image,
            "source": self.image.alt_words(settings.LANGUAGE_CODE),
            "seen": place_in(self.image)[1],
            "old_source": sources.get(code, "") if stale else "",
            "draft": self.draft,
            "found": checked_drafts([self.draft], self.locale.pk).get(self.image.pk) if self.draft else None,
            "draft_source": self.draft.source if self.draft and self.draft.source != now else "",
            "shown": texts.get(code, ""),
            "language": language(code),
            "may_decide": may_decide(self.request.user, self.draft),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action" in request.POST:
            return self.decide()
        return super().post(request, *args, **kwargs)

    def decide(self) -> HttpResponse:
        """Approve the draft that the user has read, or send it back with a reason, and redirect. Raise
        PermissionDenied for another action or if the user may not; if the draft has changed, redirect back with an
        error."""
        sent = self.request.POST
        action, read = sent.get("action"), sent.get("draft", "")
        if action not in ("approve", "reject") or not read.isdecimal():
            raise PermissionDenied
        try:
            if action == "approve":
                approve(int(read), self.image.pk, self.request.user)
            else:
                refuse(
                    int(read), self.image.pk, self.request.user, without_controls(sent.get("reason", "")).strip()
                )
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.request.path)
        names = {"title": embedded(self.image.title), "language": embedded(self.locale.get_display_name())}
        if action == "approve":
            messages.success(self.request, _("“%(title)s” in %(language)s is approved.") % names)
        else:
            messages.success(
                self.request, _("“%(title)s” in %(language)s was returned to the translator.") % names
            )
        return redirect("translation_board:index")

    def form_valid(self, form: AltTextForm) -> HttpResponse:
        """Propose the text and redirect to the board. A stale text sent unchanged counts as a translation of the
        current source text; a text for another one is shown again, beside the present one."""
        text, seen = form.cleaned_data["text"], self.request.POST.get("source")
        try:
            draft = propose(self.image, self.locale, text, self.request.user, seen=seen)
        except SourceReplaced as error:
            form.add_error("text", error)
            return self.form_invalid(form)
        if draft:
            messages.success(self.request, _("Saved. Reviewers of the language will be notified."))
        else:
            messages.success(self.request, _("Readers already see this text."))
        return redirect("translation_board:index")
