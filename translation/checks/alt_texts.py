"""Findings on alternative texts of images: plain texts, which are units of the desk as strings are."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from core.languages.site_languages import LocaleCodes
from core.models import SiteImage
from translation.campaign_contents.seen_by_readers import image_key
from translation.checks.checking import basis_of, findings
from translation.checks.markup import BROKEN
from translation.checks.units import Checked, store_waiver
from translation.localize.models import string_hash
from translation.models import AltTextDraft, Waiver, text_hash
from translation.units.segments import Place


def place_in(image: SiteImage) -> Place:
    """Return the hashes that name the alternative text of an image as a unit: of the image, and of its source."""
    return image_key(image.pk), string_hash(image.original_alt)


def checked_alt_texts(texts: Iterable[tuple[SiteImage, str]], locale_id: int) -> dict[int, list[Checked]]:
    """Return the findings on alternative texts in a language, by the image's primary key, of those that have some
    (one query, and those of `basis_of`)."""
    texts = [(image, text) for image, text in texts if text]
    if not texts:
        return {}
    language = LocaleCodes.code(locale_id)
    basis = basis_of(language)
    longest = AltTextDraft._meta.get_field("text").max_length
    keys = [image_key(image.pk) for image, _text in texts]
    rows = Waiver.objects.filter(object_key__in=keys, locale_id=locale_id).select_related("by")
    waivers = {(row.path_id, row.string_hash, row.text_hash, row.code): row for row in rows}
    found = {}
    for image, text in texts:
        of_text = findings(_as_string(image.original_alt), _as_string(text), language, longest, basis)
        if of_text:
            key = (*place_in(image), text_hash(text))
            found[image.pk] = [Checked(each, waivers.get((*key, each.code))) for each in of_text]
    return found


def checked_drafts(drafts: Iterable[AltTextDraft], locale_id: int) -> dict[int, list[Checked]]:
    """Return the findings on drafts of alternative texts in a language, as `checked_alt_texts` does."""
    return checked_alt_texts(((draft.image, draft.text) for draft in drafts), locale_id)


def draft_at(place: Place, locale_id: int) -> AltTextDraft | None:
    """Return the draft of the alternative text that these hashes name as a unit, if there is one."""
    drafts = AltTextDraft.objects.filter(locale=locale_id).select_related("image")
    return next((draft for draft in drafts if place_in(draft.image) == place), None)


def waive_in(draft: AltTextDraft, code: str, reason: str, user: User) -> None:
    """Store that a finding on an alternative text is waived, and why. Raise ValidationError as `waive` does."""
    image, locale_id = draft.image, draft.locale_id
    found = checked_drafts([draft], locale_id).get(image.pk, [])
    of_object = {"object_key": image_key(image.pk), "locale_id": locale_id, "path": "alt_text"}
    store_waiver(of_object, place_in(image), draft.text, found, code, reason, user)


def _as_string(text: str) -> str:
    """Return a plain text as a string of wagtail-localize. What looks like a tag stays one: it is a mistake."""
    return BROKEN.sub("&lt;", text.replace("&", "&amp;"))
