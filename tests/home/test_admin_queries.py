"""Lists and editors of the admin take at most 55 queries, editors of pages 115, and as many with three times as
many rows."""

import datetime
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
)
from wagtail_localize.models import (
    RelatedObjectSegment,
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
)
from wagtail_localize.operations import translate_object
from wagtail_localize.strings import StringValue

from campaigns.models import CampaignPage, NewsPage, Quote
from tests import factories
from tests.many import insert_pieces, insert_stories
from tests.scenes import scene
from tests.site_tree import SiteTree
from tests.translating import edit_url

FEW, MANY, LIMIT = 6, 18, 55
OTHER_LIMITS = {"page editor of a story": 115, "page editor of a campaign": 115}
FACTORIES = factories.SnippetFactory.__subclasses__()
LANGUAGES = {"editor": "en", "translator": "ru"}
KINDS = ("commitment", "keyfigure", "organisation", "person", "place", "quote", "sdg", "takeaway", "topic")


@dataclass
class Office:
    """Stories and snippets in English and in Russian, a story and a quote that all others refer to, with a long
    history, and their translations."""

    site: SiteTree
    people: dict[str, User]
    stories: dict[str, NewsPage] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    campaigns: dict[str, CampaignPage] = field(default_factory=dict)
    files: dict[str, Model] = field(default_factory=dict)
    few: dict[tuple[str, str], int] = field(default_factory=dict)
    """The queries with FEW rows, by role and screen."""

    def queries(self, role: str, screen: str) -> int:
        client = Client()
        client.force_login(self.people[role])
        address = SCREENS[screen](self, LANGUAGES.get(role, "en"))
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200
        return len(captured)


def of_snippets(view: str, kind: str) -> Callable[[Office, str], str]:
    prefix = "wagtailsnippets" if view == "list" else "wagtailsnippetchoosers"
    return lambda _office, code: f"{reverse(f'{prefix}_campaigns_{kind}:{view}')}?locale={code}"


def of_object(name: str, kept: str) -> Callable[[Office, str], str]:
    return lambda office, code: reverse(name, args=[getattr(office, kept)[code].pk])


def of_site(name: str, query: str = "") -> Callable[[Office, str], str]:
    return lambda _office, _code: reverse(name) + query


def of_news(name: str) -> Callable[[Office, str], str]:
    return lambda office, code: reverse(name, args=[office.site.news_indexes[code].pk])


SCREENS: dict[str, Callable[[Office, str], str]] = {
    "dashboard": of_site("wagtailadmin_home"),
    "explorer": of_news("wagtailadmin_explore"),
    "page search": of_site("wagtailadmin_pages:search"),
    "page chooser": of_site("wagtailadmin_choose_page", "?page_type=campaigns.NewsPage"),
    **{f"list of {kind}": of_snippets("list", kind) for kind in KINDS},
    **{f"chooser of {kind}": of_snippets("choose", kind) for kind in KINDS},
    "chooser of images": of_site("wagtailimages_chooser:choose"),
    "chooser of documents": of_site("wagtaildocs_chooser:choose"),
    "usage of a page": of_object("wagtailadmin_pages:usage", "stories"),
    "usage of a snippet": of_object("wagtailsnippets_campaigns_quote:usage", "quotes"),
    "history of a page": of_object("wagtailadmin_pages:history", "stories"),
    "history of a snippet": of_object("wagtailsnippets_campaigns_quote:history", "quotes"),
}
OF_EDITORS: dict[str, Callable[[Office, str], str]] = {
    "pages of a type": lambda _office, _code: reverse(
        "wagtailadmin_pages:type_use", args=["campaigns", "newspage"]
    ),
    "images": of_site("wagtailimages:index"),
    "documents": of_site("wagtaildocs:index"),
    "image": lambda office, _code: reverse("wagtailimages:edit", args=[office.files["image"].pk]),
    "page editor of a story": of_object("wagtailadmin_pages:edit", "stories"),
    "page editor of a campaign": of_object("wagtailadmin_pages:edit", "campaigns"),
    "report on translations": of_site("wagtail_localize:translations_report"),
    "usage of an image": lambda office, _code: reverse(
        "wagtailimages:image_usage", args=[office.files["image"].pk]
    ),
    "usage of a document": lambda office, _code: reverse(
        "wagtaildocs:document_usage", args=[office.files["document"].pk]
    ),
}
OF_TRANSLATORS: dict[str, Callable[[Office, str], str]] = {
    "translation editor": lambda office, code: edit_url(office.quotes[code]),
    "translation editor of a story": lambda office, code: edit_url(office.stories[code]),
    "translation editor of a campaign": lambda office, code: edit_url(office.campaigns[code]),
}
OF_ADMINISTRATORS = {"report on locked pages": of_site("wagtailadmin_reports:locked_pages")}
CASES = [
    *(("administrator", screen) for screen in OF_ADMINISTRATORS),
    *((role, screen) for role in LANGUAGES for screen in SCREENS),
    *(("editor", screen) for screen in OF_EDITORS),
    *(("translator", screen) for screen in OF_TRANSLATORS),
]
SCREENS |= OF_EDITORS | OF_TRANSLATORS | OF_ADMINISTRATORS


@scene
def office(site) -> Office:
    make = factories.UserFactory
    people = {
        "administrator": make(is_superuser=True),
        "editor": make(groups=["Editor"]),
        "translator": make(groups=["Translator ru"]),
    }
    made = Office(site, people)
    made.files = {"image": factories.SiteImageFactory(), "document": factories.DocumentFactory()}
    story = factories.NewsPageFactory(parent=site.news_index, slug="story")
    quote = factories.QuoteFactory()
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="campaign")
    for source, kept in ((story, made.stories), (quote, made.quotes), (campaign, made.campaigns)):
        source.save_revision(user=people["editor"])
        translate_object(source, [site.locales["ru"]])
        kept["en"] = type(source).objects.get(pk=source.pk)
        kept["ru"] = type(source).objects.get(translation_key=source.translation_key, locale=site.locales["ru"])
    for index in site.news_indexes.values():
        index.refresh_from_db()
    add(made, FEW)
    made.few = {case: made.queries(*case) for case in CASES}
    add(made, MANY - FEW)
    return made


@pytest.mark.parametrize(("role", "screen"), CASES)
def test_screen__queries_are_few_and_do_not_grow(office: Office, role: str, screen: str):
    queries = office.queries(role, screen)
    assert queries <= min(office.few[role, screen], OTHER_LIMITS.get(screen, LIMIT))


def add(office: Office, count: int) -> None:
    """Add that many rows to each screen."""
    for code in LANGUAGES.values():
        locale = office.site.locales[code]
        stories = insert_stories(office.site.news_indexes[code], count, {})
        user = office.people["editor" if code == "en" else "translator"]
        keep_versions(stories, user)
        mine = Page.objects.filter(pk__in=[story.pk for story in stories])
        mine.update(locked=True, locked_by=user, locked_at=timezone.now())
        refer(stories, office.stories[code])
        refer(stories, office.quotes[code])
        refer(stories, office.files["image"])
        refer(stories, office.files["document"])
        organisation = factories.OrganisationFactory(locale=locale)
        related = {
            "commitment": {"organisation": organisation},
            "person": {"organisation": organisation},
            "quote": {"speaker": factories.PersonFactory(locale=locale), "source": office.stories[code]},
            "takeaway": {"source": office.stories[code]},
        }
        for kind in KINDS:
            keep_versions(
                insert_snippets(kind, count, locale=locale, **related.get(kind, {})), office.people["editor"]
            )
        remember(office.stories[code], count, office.people["editor"])
        remember(office.quotes[code], count, office.people["editor"])
    for row in office.files.values():
        copies = [
            type(row)(**{each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields})
            for _n in range(count)
        ]
        for copy in copies:
            copy.pk = None
        type(row)._base_manager.bulk_create(copies)
    for source in (office.quotes["en"], office.stories["en"], office.campaigns["en"]):
        translation = Translation.objects.get(source__object_id=source.translation_key)
        lengthen(translation, count)
        relate(translation, count)


def insert_snippets(kind: str, count: int, **values) -> Sequence[Model]:
    factory = next(each for each in FACTORIES if each._meta.model._meta.model_name == kind)
    first = factory._meta.model.objects.count()
    unique = {"sdg": "number", "topic": "slug"}.get(kind)
    if not unique:
        return insert_pieces(factory, count, **values)
    rows = [factory.build(**{unique: str(first + n + 100)}, **values) for n in range(count)]
    return factory._meta.model.objects.bulk_create(rows)


def keep_versions(rows: Sequence[Any], user: User) -> None:
    """Give each row a version, of which every second one is in review."""
    model = type(rows[0])
    kind = ContentType.objects.get_for_model(model)
    base = ContentType.objects.get_for_model(Page) if issubclass(model, Page) else kind
    of_row = {"content_type": kind, "base_content_type": base}
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        [
            Revision(object_id=str(row.pk), content={"pk": row.pk}, created_at=now, user=user, **of_row)
            for row in rows
        ]
    )
    for row, revision in zip(rows, revisions, strict=True):
        model.objects.filter(pk=row.pk).update(latest_revision=revision)
    workflow = Workflow.objects.filter(active=True).first()
    submitted = revisions[::2]
    states = WorkflowState.objects.bulk_create(
        [
            WorkflowState(object_id=each.object_id, workflow=workflow, requested_by=user, **of_row)
            for each in submitted
        ]
    )
    task = Task.objects.first()
    tasks = TaskState.objects.bulk_create(
        [
            TaskState(
                workflow_state=state,
                revision=revision,
                task=task,
                content_type=ContentType.objects.get_for_model(TaskState),
            )
            for state, revision in zip(states, submitted, strict=True)
        ]
    )
    for state, task_state in zip(states, tasks, strict=True):
        state.current_task_state = task_state
    WorkflowState.objects.bulk_update(states, ["current_task_state"])


def refer(rows: Sequence[Model], target: Model) -> None:
    page = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=ContentType.objects.get_for_model(type(row)),
                base_content_type=page,
                object_id=str(row.pk),
                to_content_type=ContentType.objects.get_for_model(
                    Page if isinstance(target, Page) else type(target)
                ),
                to_object_id=str(target.pk),
                model_path="lead_image",
                content_path="lead_image",
                content_path_hash=uuid.uuid4(),
            )
            for row in rows
        ]
    )


def remember(subject: Any, count: int, user: User) -> None:
    """Add entries to the history of a page or a snippet."""
    kind = ContentType.objects.get_for_model(type(subject))
    log: Any = PageLogEntry if isinstance(subject, Page) else ModelLogEntry
    named = {"page_id" if log is PageLogEntry else "object_id": subject.pk}
    now = timezone.now() - datetime.timedelta(hours=1)
    log.objects.bulk_create(
        [
            log(content_type=kind, label=str(subject), action="wagtail.edit", user=user, timestamp=now, **named)
            for _n in range(count)
        ]
    )


def relate(translation: Translation, count: int) -> None:
    """Add related objects, every second of them translated."""
    source = translation.source
    quotes = insert_snippets("quote", count, locale=source.locale)
    for quote in quotes[::2]:
        translate_object(quote, [translation.target_locale])
    context = source.stringsegment_set.exclude(context__path="title").first().context
    for quote in quotes:
        related = TranslatableObject.objects.get_or_create_from_instance(quote)[0]
        RelatedObjectSegment.objects.create(source=source, context=context, object=related, order=9)


def lengthen(translation: Translation, count: int) -> None:
    """Add translated strings."""
    source = translation.source
    segment = source.stringsegment_set.exclude(context__path="title").first()
    strings = [
        String.from_value(source.locale, StringValue.from_plaintext(f"Text {uuid.uuid4()}")) for _n in range(count)
    ]
    StringSegment.objects.bulk_create(
        [
            StringSegment(source=source, context=segment.context, string=each, order=9, attrs="{}")
            for each in strings
        ]
    )
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=each,
                context=segment.context,
                locale=translation.target_locale,
                data=each.data,
            )
            for each in strings
        ]
    )
