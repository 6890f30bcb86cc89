"""People at work on translations, through the doors that they use."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from core import rules
from core.models import SiteImage
from core.typed import Translatable
from tests import factories
from tests.site_tree import SiteTree
from tests.typed import Response
from translation.models import Review, ReviewStatus
from translation.units.segments import segments_of, target_of
from translation.units.states import State, states_of

AnyTranslatable = TypeVar("AnyTranslatable", bound=Translatable)


@dataclass(frozen=True)
class Newsroom:
    site: SiteTree
    editor: User
    publisher: User
    translators: dict[str, User]
    reviewer: User

    def as_(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def send(self, source: Translatable, *codes: str) -> list[Translation]:
        """Submits for translation, as an editor does."""
        locales = [self.site.locales[code].pk for code in codes]
        self.as_(self.editor).post(submit_url(source), {"locales": locales})
        return [translation_into(source, code) for code in codes]

    def word(self, translation: Translation, wording: Callable[[str], str] | None = None) -> None:
        """Translates what has no wording, or one that is out of date."""
        code = translation.target_locale.language_code
        wording = wording or (lambda text: f"{text} [{code}]")
        for segment in segments_of(translation):
            if not segment.is_translated or segment.stale:
                self.word_one(translation, segment.source, wording(segment.source))

    def word_one(self, translation: Translation, source: str, text: str) -> Response:
        segment = translation.source.stringsegment_set.filter(string__data=source).first()
        url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        client = self.as_(self.translators[translation.target_locale.language_code])
        return client.put(url, f"value={quote(text)}", content_type="application/x-www-form-urlencoded")

    def submit(self, translation: Translation) -> Review | None:
        client = self.as_(self.translators[translation.target_locale.language_code])
        client.post(reverse("translation_review:submit", args=[translation.pk]))
        return waiting(translation)

    def decide(self, review: Review | None, action: str = "approve", reason: str = "", user=None) -> Response:
        """Decides on all that was submitted, on what is marked one by one."""
        assert review is not None
        url = reverse("translation_review:review", args=[review.pk])
        client = self.as_(user or self.reviewer)
        answer = client.post(url, {"action": action, "reason": reason})
        if action == "approve" and answer.get("location") == url:
            for act in re.findall(r'value="(approve-unit/[^"]+)"', client.get(url).text):
                client.post(url, {"action": act})
            answer = client.post(url, {"action": action})
        return answer

    def publish(self, translation: Translation) -> Response:
        """As the button of wagtail-localize's editor does."""
        return self.as_(self.publisher).post(edit_url(target_of(translation)), {"action": "publish"})

    def sync(self, translation: Translation, **sent: str) -> Response:
        """Fetches what the source says now, as wagtail-localize's button does."""
        url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
        return self.as_(self.publisher).post(url, sent)

    def bring_live(self, source: Translatable, *codes: str) -> list[Translation]:
        """The whole way, for what is there already."""
        translations = self.send(source, *codes)
        for translation in translations:
            self.word(translation)
            self.decide(self.submit(translation))
            target = target_of(translation)
            assert target is not None
            if not target.live:
                self.publish(translation)
        return translations


def open_newsroom(site: SiteTree) -> Newsroom:
    make = factories.UserFactory
    return Newsroom(
        site,
        editor=make(groups=["Editor"]),
        publisher=make(groups=["Publisher"]),
        translators={code: make(groups=[f"Translator {code}"]) for code in ("ru", "tg")},
        reviewer=make(groups=["Reviewer"]),
    )


def submit_url(source: models.Model) -> str:
    if isinstance(source, Page):
        return reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    meta = source._meta
    return reverse(
        "wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, source.pk]
    )


def edit_url(target: models.Model | None) -> str:
    assert target is not None
    if isinstance(target, Page):
        return reverse("wagtailadmin_pages:edit", args=[target.pk])
    return reverse(f"wagtailsnippets_{target._meta.app_label}_{target._meta.model_name}:edit", args=[target.pk])


def translation_into(source: Translatable, code: str) -> Translation:
    return Translation.objects.select_related("source", "target_locale").get(
        source__object_id=source.translation_key, target_locale__language_code=code
    )


def waiting(translation: Translation) -> Review | None:
    return Review.objects.filter(
        object_key=translation.source.object_id,
        locale_id=translation.target_locale_id,
        status=ReviewStatus.WAITING,
    ).first()


def state_of(translation: Translation) -> State:
    key, target = translation.source.object_id, target_of(translation)
    place = key, translation.target_locale_id
    targets: dict[tuple[UUID, int], bool | None] = {place: target.live} if target else {}
    return states_of([key], [translation.target_locale_id], targets)[place]


def change_source(source: AnyTranslatable, **values) -> AnyTranslatable:
    """An editor's change, published."""
    model: Any = type(source)
    source = model.objects.get(pk=source.pk)
    for name, value in values.items():
        setattr(source, name, value)
    source.save_revision().publish()
    return source


def change_alt_texts(newsroom: Newsroom, image: SiteImage, user: User, **texts: str) -> Response:
    """In the image's own form."""
    image.refresh_from_db()
    sent = {f"alt_{code}": text for code, text in (image.alt_texts | texts).items()}
    kept = {"title": image.title, "shows": image.shows, "consent_scope": image.consent_scope}
    response = newsroom.as_(user).post(reverse("wagtailimages:edit", args=[image.pk]), {**kept, **sent})
    image.refresh_from_db()
    return response


def words_of(translation: Translation, source: str) -> str | None:
    found = StringTranslation.objects.filter(
        translation_of__data=source,
        context__object_id=translation.source.object_id,
        locale_id=translation.target_locale_id,
    ).first()
    return found.data if found else None


def loaded(revision: Revision) -> None:
    with rules.reviewed_elsewhere():
        revision.publish()
