"""Changes of images and documents that readers see. Files have no drafts, so a change is visible at once wherever
a live object shows the file; only somebody who may publish all these objects may make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, ReferenceIndex

from core import rules
from core.internals.wagtail_models import CollectionViewRestriction
from core.languages.site_languages import LocaleCodes
from core.media.alt_texts import text_findings
from core.references.models import ShownFile
from core.references.usage import by_keys
from core.rights import may_publish
from core.typed import Translatable

if TYPE_CHECKING:
    from wagtail.documents.models import Document

    from core.media.models import SiteImage

# The answers to "who is shown", from least to most care; "" stands for no answer, which needs consent as well.
_CARE = ("nobody", "adults", "minors", "survivors", "")
_CONSENT = ("shows", "consent_reference", "consent_scope", "consent_until")
_OWN_TEXT = f"alt_{settings.LANGUAGE_CODE.replace('-', '_')}"
_SEEN = {
    _OWN_TEXT, "title", "credit", "credit_language", "rights", "title_is_fit",
    "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
}  # fmt: skip
"""Form fields of images and documents whose changes readers see as soon as they are saved. `file` and `collection`
have rules of their own; alternative texts in other languages are reviewed."""


def users_of(file: SiteImage | Document) -> list[Translatable]:
    """Return the stored objects that refer to an image or a document: pages (as their specific type), snippets and
    settings."""
    keys: dict[type[Model], dict[str, None]] = defaultdict(dict)
    indexed = ReferenceIndex.get_references_to(file).order_by("base_content_type", "object_id")
    for content_type, pk in indexed.values_list("base_content_type", "object_id").distinct():
        if model := ContentType.objects.get_for_id(content_type).model_class():
            keys[model][pk] = None
    # These rows are written in the same transaction as the page; the reference index may be late.
    rows = ShownFile.objects.filter(file_model=file._meta.label_lower, file_id=file.pk)
    for label, key in rows.values_list("source_model", "source_id"):
        keys[apps.get_model(label)][str(key)] = None
    found = []
    for model, pks in keys.items():
        stored = by_keys(Page.objects.specific() if issubclass(model, Page) else model._base_manager.all(), pks)
        found += [stored[pk] for pk in pks if pk in stored]
    return found


def live_users(file: SiteImage | Document) -> list[Translatable]:
    """Return the live objects that show the file. Objects without drafts, such as settings, count as live."""
    return [source for source in users_of(file) if getattr(source, "live", True)]


def beyond_rights(user: User | None, shown_by: list[Translatable]) -> list[Translatable]:
    """Return those of `shown_by` that `user` may not publish: all if there is no user."""
    return [source for source in shown_by if not (user and may_publish(user, source))]


def refusal(file: SiteImage | Document, user: User | None) -> str:
    """Return the reason why `user` may not change or delete a file: a live object shows it that the user may not
    publish. Otherwise ""."""
    beyond = beyond_rights(user, live_users(file))
    message = _("You may not change or delete “%(file)s”.") % {"file": file}
    return f"{message} {_mend(file, beyond)}" if beyond else ""


def text_errors(image: SiteImage, shown_by: list[Translatable]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a language code and an error: the alternative text is missing in a language of the objects
    `shown_by`, or is only a file name in any language. Yield nothing if the image is hidden for lack of
    consent."""
    if not image.consent_holds():
        return
    codes = {LocaleCodes.code(source.locale_id) for source in shown_by if hasattr(source, "locale_id")}
    for code in sorted(codes | set(image.alt_texts)):
        for finding in text_findings(image, code):
            if code in codes or finding.code == "alt_file_name":
                yield code, f"{finding.text} {seen_in(image, shown_by)}"


def quoted_errors(
    file: SiteImage | Document, texts: dict[str, str], shown_by: list[Translatable], of: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield pairs of a name and an error for each of the texts, by name, in which somebody is quoted without what
    the rules require; one error for each text. `of` is the source text, if the texts are translations of one."""
    for name, text in texts.items():
        found = next((each for source in shown_by for each in rules.text_findings(source, text, of)), None)
        if found:
            yield name, f"{found.text} {seen_in(file, shown_by)}"


def right_errors(
    file: SiteImage | Document, changed: dict[str, Any], shown_by: list[Translatable], user: User | None
) -> Iterator[tuple[str, str]]:
    """Yield pairs of a form field and an error for each change that `user` may not make, because it requires the
    permission to publish all of `shown_by`: of the file, of what readers see of it, of who may see it, or of the
    consent to longer. `changed` maps fields to new values."""
    beyond = beyond_rights(user, shown_by)
    if not beyond:
        return
    mend = _mend(file, beyond)
    if "file" in changed:
        yield "file", f"{_('You may not replace a file that readers see.')} {mend}"
    for name in sorted(_SEEN & set(changed)):
        yield name, f"{_('You may not change what readers see of the file.')} {mend}"
    if "collection" in changed and restrictions_of(changed["collection"]) != restrictions_of(file.collection):
        yield "collection", f"{_('This would change who may see the file.')} {mend}"
    for name in _laxer_consent(file, changed):
        yield name, f"{_('This would show readers a picture that was to be hidden, or show it longer.')} {mend}"


def restrictions_of(collection: Collection) -> set[int]:
    """Return the primary keys of the view restrictions on a collection and its ancestors."""
    above = collection.get_ancestors(inclusive=True)
    return set(CollectionViewRestriction.objects.filter(collection__in=above).values_list("pk", flat=True))


def seen_in(file: SiteImage | Document, shown_by: list[Translatable]) -> str:
    """Return a sentence that names the first three objects that show the file."""
    titles = ", ".join(f"“{source}”" for source in shown_by[:3])
    if isinstance(file, get_image_model()):
        return _("Readers see the image in %(titles)s.") % {"titles": titles}
    return _("Readers see the document in %(titles)s.") % {"titles": titles}


def _mend(file: SiteImage | Document, beyond: list[Translatable]) -> str:
    return f"{seen_in(file, beyond)} {_('Ask a publisher to make this change.')}"


def _laxer_consent(image: SiteImage | Document, changed: dict[str, Any]) -> list[str]:
    """Return the changed consent fields that would show the file to readers longer or again; for a recording, all
    changed consent fields."""
    if not isinstance(image, get_image_model()):
        # Any answer may make a hidden recording visible again.
        return [name for name in _CONSENT if name in changed]
    lax = ["consent_until"] if _is_later(image.consent_until, changed) else []
    if "shows" in changed and _CARE.index(changed["shows"]) < _CARE.index(image.shows):
        lax.append("shows")
    if not lax and not image.consent_holds() and _with(image, changed).consent_holds():
        lax = [name for name in _CONSENT if name in changed]
    return lax


def _is_later(until: date | None, changed: dict[str, Any]) -> bool:
    if "consent_until" not in changed or until is None:
        return False
    new = changed["consent_until"]
    return new is None or new > until


def _with(image: SiteImage, changed: dict[str, Any]) -> SiteImage:
    """Return a copy of an image with the changed consent fields."""
    changed_image = copy(image)
    for name in _CONSENT:
        if name in changed:
            setattr(changed_image, name, changed[name])
    return changed_image
