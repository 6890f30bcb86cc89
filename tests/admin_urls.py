"""Every address of the admin, and what to put into it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, TaskState, Workflow
from wagtail_localize.models import OverridableSegment, StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from campaigns.models import CampaignPage, Quote
from core import rules
from core.consent.withdrawals import withdraw
from core.models import TrashedFile
from tests import factories
from tests.helplines import HelplineFactory
from tests.site_tree import SiteTree
from tests.translating import translation_into
from translation.models import DeletedObject, Notice, Review, SegmentComment, SendJob, Term, Waiver
from translation.models.exchange import PendingImport
from translation.review.submit import submit
from translation.units.segments import save_draft, target_of

PREFIX = "admin/"
# Wagtail's answer to what does not exist.
NAMELESS = {"admin/test404/", "admin/^.*/$"}
# What is done with selected cells of the board.
SELECTING = {
    "translation_sending:assign",
    "translation_sending:send",
    "translation_sending:remind",
    "translation_exchange:selected",
}
SNIPPETS = {"wagtailsnippets_campaigns_quote", "wagtailsnippetchoosers_campaigns_quote"}


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple[str, ...]


def addresses(prefix: str = PREFIX) -> Iterator[Address]:
    for names, arguments, route in _walk(get_resolver().url_patterns, (), (), ""):
        if route.startswith(prefix) and route not in NAMELESS:
            yield Address(":".join(names), arguments)


def tried(address: Address) -> bool:
    """Of the snippets one stands for all; that they are alike has a test of its own. Pages have one preview, and
    the address for others finds none."""
    namespace = address.name.partition(":")[0]
    return "mode" not in address.arguments and (
        not namespace.startswith("wagtailsnippet") or "_" not in namespace or namespace in SNIPPETS
    )


def _walk(
    patterns: list[Any], names: tuple[Any, ...], arguments: tuple[Any, ...], route: str
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], str]]:
    for each in patterns:
        inside = (*arguments, *_arguments(each))
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(
                each.url_patterns, (*names, each.namespace) if each.namespace else names, inside, here
            )
        elif isinstance(each, URLPattern):
            yield (*names, each.name or "?"), inside, here


def _arguments(each: URLPattern | URLResolver) -> tuple[str, ...]:
    converters = getattr(each.pattern, "converters", None)
    return tuple(converters or each.pattern.regex.groupindex)


@dataclass
class Ground:
    """In each language a page and a quote that are live, and others that are submitted for review."""

    site: SiteTree
    people: dict[str, User]
    pages: dict[str, CampaignPage] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    translations: dict[str, Translation] = field(default_factory=dict)
    others: dict[str, object] = field(default_factory=dict)
    _known: dict[tuple[str, bool], dict[str, object]] = field(default_factory=dict)

    def value(self, address: Address, argument: str, place: str) -> object:
        namespace = address.name.rpartition(":")[0]
        if address.name == "translation_sending:campaign":
            return self.pages[place].pk
        if address.name == "consent:withdraw" and argument == "key":
            return self.quotes[place].translation_key
        of_quote = namespace.startswith("wagtailsnippets_") or "snippet" in address.name
        if (place, of_quote) not in self._known:
            self._known[place, of_quote] = self._values(place, of_quote)
        values = self._known[place, of_quote]
        return values.get(f"{namespace or address.name}.{argument}", values.get(argument))

    def _values(self, place: str, of_quote: bool) -> dict[str, object]:
        """Return what arguments are about, by their names."""
        page = self.pages[place]
        translation = self.translations.get(place) or self.translations["ru"]
        about = self.quotes[place] if of_quote else page
        return {
            "pk": about.pk,
            "page_id": page.pk,
            "content_type": ContentType.objects.get_for_model(type(about)).pk,
            "page_pk": page.pk,
            "object_id": page.pk,
            "parent_page_id": page.pk,
            "page_to_move_id": page.pk,
            "destination_id": page.get_parent().pk,
            "revision_id": about.latest_revision_id,
            "translation_id": translation.pk,
            "translation_source_id": translation.source_id,
            "string_segment_id": StringSegment.objects.filter(source=translation.source_id).first().pk,
            "overridable_segment_id": OverridableSegment.objects.filter(source=translation.source_id).first().pk,
            "key": page.translation_key,
            **self._submitted(about),
            **self.others,
        }

    def url(self, address: Address, place: str) -> str:
        url = reverse(address.name, kwargs={name: self.value(address, name, place) for name in address.arguments})
        if address.name in SELECTING:
            return f"{url}?item={self.pages[place].translation_key}:{self.site.locales['ru'].pk}"
        return url

    def _submitted(self, about: models.Model) -> dict[str, object]:
        of_it = TaskState.objects.filter(workflow_state__object_id=str(about.pk), revision__isnull=False).first()
        state = of_it or TaskState.objects.first()
        return {"task_state_id": state.pk, "workflow_state_id": state.workflow_state_id, "task_id": state.task_id}


def make_ground(site: SiteTree, people: dict[str, User]) -> Ground:
    ground = Ground(site, people)
    image, document = factories.SiteImageFactory(), factories.DocumentFactory()
    files = [{"title": "Leaflet", "document": document.pk, "language": "en"}]
    for place in ("", "submitted "):
        page = factories.CampaignPageFactory(
            parent=site.campaign_index,
            resolution_url="https://example.org/",
            lead_image=image,
            body=json.dumps([{"type": "toolkit", "value": {"heading": "", "introduction": "", "files": files}}]),
            live=not place,
        )
        quote = factories.QuoteFactory(campaigns=[page], live=not place)
        for piece, kind in ((page, ground.pages), (quote, ground.quotes)):
            piece.save_revision(user=people["E"])
            kind[f"{place}en"] = type(piece).objects.get(pk=piece.pk)
            translate_object(piece, [site.locales["ru"], site.locales["tg"]])
            for code in ("ru", "tg"):
                translation = translation_into(piece, code)
                _translate(translation, people["R" if code == "ru" else "T"])
                ground.translations.setdefault(f"{place}{code}", translation)
                kind[f"{place}{code}"] = _draft(translation, people["R"], bool(place))
    for piece in (ground.pages["submitted en"], ground.quotes["submitted en"]):
        piece.get_workflow().start(piece, people["E"])
    ground.others.update(_others(site, people, image, document))
    return ground


def _translate(translation: Translation, user: models.Model) -> None:
    """Where the memory has not."""
    wordings = [
        StringTranslation(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=translation.target_locale_id,
            data="По-русски",
            last_translated_by=user,
        )
        for segment in StringSegment.objects.filter(source=translation.source_id)
    ]
    StringTranslation.objects.bulk_create(wordings, ignore_conflicts=True)


def _draft(translation: Translation, user: User, submitted: bool) -> Any:
    if submitted:
        submit(translation, user)
    else:
        with rules.reviewed_elsewhere():
            save_draft(translation, user).publish()
    return target_of(translation)


ALWAYS_THE_SAME = {
    "code": "ru",
    "translation_life.model_name": "campaignpage",
    "uploaded_file_id": 1,
    "session_id": 1,
    "filter_spec": "width-10",
    "mode": "",
    "action": "delete",
    "action_name": "approve",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "app_label": "campaigns",
    "app_name": "campaigns",
    "content_type_app_name": "campaigns",
    "model_name": "quote",
    "content_type_model_name": "editionpage",
    "wagtailadmin_pages.model_name": "campaignpage",
    "wagtailadmin_workflows.app_label": "wagtailcore",
    "wagtailadmin_workflows.model_name": "groupapprovaltask",
    "wagtailadmin_editing_sessions.model_name": "campaignpage",
    "uidb64": "x",
    "token": "x",
    "kind": "app",
    "translation_glossary.format": "csv",
}


def _trashed() -> TrashedFile:
    factories.SiteImageFactory().delete()
    return TrashedFile.objects.get()


def _seen_by_translators(image: models.Model, document: models.Model) -> dict[str, object]:
    """What the pages show that were sent."""
    return {
        "wagtailimages_chooser.image_id": image.pk,
        "translation_alt_texts.image_id": image.pk,
        "translation_desk.image_id": image.pk,
        "wagtailadmin_api:images.pk": image.pk,
        "wagtailadmin_api:documents.pk": document.pk,
        "wagtailimages_chooser.pk": image.pk,
        "wagtaildocs_chooser.pk": document.pk,
    }


def _on_unit(review: Review) -> dict[str, object]:
    """A comment and a waiver on the first unit of a review."""
    wording = review.wordings[0]
    of_unit = {
        "object_key": review.object_key,
        "locale_id": review.locale_id,
        "path": wording["path"],
        "path_id": wording["path_id"],
        "string_hash": wording["hash"],
    }
    return {
        "comment_id": SegmentComment.objects.create(**of_unit, text="Is this the word?").pk,
        "waiver_id": Waiver.objects.create(**of_unit, code="figures", reason="As said").pk,
    }


def _others(
    site: SiteTree, people: dict[str, User], image: models.Model, document: models.Model
) -> dict[str, object]:
    """By the name of the argument, or of the namespace and its `pk`."""
    review = Review.objects.filter(locale__language_code="ru").first()
    assert review is not None
    workflow = Workflow.objects.first()
    of_review = {"object_key": review.object_key, "locale_id": review.locale_id, "title": "Day"}
    job = SendJob.objects.create(title="Day", objects_to_send=[], requested_by=people["E"])
    return {
        **ALWAYS_THE_SAME,
        **_seen_by_translators(image, document),
        "import_id": PendingImport.objects.create(name="t.zip", files=[], uploaded_by=people["R"]).pk,
        "deleted_id": DeletedObject.objects.create(
            content_type=ContentType.objects.get_for_model(Quote), content={}, **of_review
        ).pk,
        "translation_notices.pk": Notice.objects.create(person=people["R"], kind="due", **of_review).pk,
        "translation_sending.pk": job.pk,
        # One that may be deleted: the first one is the site's.
        "helplines.pk": [HelplineFactory().pk, HelplineFactory().pk][1],
        "copied_parts.pk": factories.EditionPageFactory(parent=CampaignPage.objects.first()).pk,
        "consent.pk": withdraw(
            factories.QuoteFactory(text="Withdrawn here."), people["P"], "They asked for it."
        ).pk,
        "review_id": review.pk,
        **_on_unit(review),
        "translation_glossary.pk": Term.objects.create(text="shelter").pk,
        "image_id": factories.SiteImageFactory().pk,
        "document_id": (unseen := factories.DocumentFactory()).pk,
        "trash.pk": _trashed().pk,
        "doc_id": unseen.pk,
        "collection_id": Collection.get_first_root_node().pk,
        "redirect_id": Redirect.add_redirect("/old", "/new").pk,
        "workflow_pk": workflow.pk,
        "wagtailadmin_collections.pk": Collection.get_first_root_node().add_child(name="Pictures").pk,
        "wagtailadmin_workflows.pk": workflow.pk,
        "wagtaillocales.pk": site.locales["tg"].pk,
        "wagtailsites.pk": site.site.pk,
        "wagtailusers_groups.pk": Group.objects.values_list("pk", flat=True).first(),
        "wagtailusers_users.pk": people["T"].pk,
        "wagtailusers_leaving.pk": people["T"].pk,
        "reset_second_factor.pk": people["T"].pk,
    }
