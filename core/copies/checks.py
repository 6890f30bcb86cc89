"""The publishing check on parts that a copied page has taken over from its source and that nobody has changed or
confirmed."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from core.copies.models import CopiedPart
from core.copies.parts import Part, parts_of
from core.findings import Finding


def is_new_copy(page: Page) -> bool:
    """Return whether the page is not saved yet and is being made as a copy of another one, and not as a
    translation of it."""
    if not page._state.adding or page.content_key in (None, page.translation_key):
        return False
    return not type(page)._base_manager.filter(translation_key=page.translation_key).exists()


def record(copy: Page) -> None:
    """Record, unconfirmed, the parts that a copy has taken over: those of the source's live version and of its
    latest draft, because a copy contains both. The source is the copied page in the copy's language, or else in
    its first; if it is gone, record the parts of the copy."""
    rows = type(copy)._base_manager.filter(translation_key=copy.content_key).order_by("pk")
    source = rows.filter(locale=copy.locale_id).first() or rows.first()
    pages = [source, source.get_latest_revision_as_object()] if source else [copy]
    digests = {part.digest for page in pages for part in parts_of(page)}
    parts = [CopiedPart(key=copy.translation_key, digest=each, source=str(pages[0])) for each in sorted(digests)]
    CopiedPart.objects.bulk_create(parts, ignore_conflicts=True)


def unconfirmed(page: Page) -> list[tuple[Part, str]]:
    """Return the parts of a page that are neither changed nor confirmed, each with the title of the page it was
    taken from. For a translation, return those of its source. Empty for a page that is no copy."""
    sources = dict(
        CopiedPart.objects.filter(key=page.translation_key, confirmed_at=None).values_list("digest", "source")
    )
    if not sources:
        return []
    return [(part, sources[part.digest]) for part in parts_of(_original(page)) if part.digest in sources]


def _original(page: Page) -> Page:
    """Return the source of a translation, as readers see it or else its latest draft; the page itself if it is no
    translation."""
    rows = type(page)._base_manager.filter(translation_key=page.translation_key)
    original = rows.order_by("pk").first()
    if original is None or original.pk == page.pk:
        return page
    return original if original.live else original.get_latest_revision_as_object()


def copied_findings(page: Page) -> list[Finding]:
    """Return one finding for each field and top-level block that contains parts which are neither changed nor
    confirmed; it quotes the first of them."""
    found: dict[tuple[str, str], Finding] = {}
    for part, source in unconfirmed(page):
        message = gettext("Copied unchanged from “%(source)s”: “%(text)s”.")
        found.setdefault(
            (part.field, part.block),
            Finding(
                "copied",
                message % {"source": source, "text": part.excerpt},
                gettext("Change this part, or confirm that it is correct here."),
                where=part.where,
                field=part.field,
                block_path=(part.block,) if part.block else (),
                action_url=reverse("copied_parts", args=[page.pk]) if page.pk else "",
                action_label=gettext("Confirm"),
            ),
        )
    return list(found.values())


def confirm(page: Page, digests: Iterable[str], user: User) -> int:
    """Record that the unconfirmed parts with these digests are right in the copy, and return how many were
    confirmed."""
    rows = CopiedPart.objects.filter(key=page.translation_key, digest__in=list(digests), confirmed_at=None)
    return rows.update(confirmed_by=user, confirmed_at=timezone.now())
