"""Saving the text of a unit at the desk."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.internals.wagtail_admin import get_user_display_name
from core.languages.bidi import embedded
from core.models import SiteImage
from core.typed import Translatable
from translation.alt_texts.drafts import check_source, check_text, propose
from translation.desk.units import version_of, version_of_alt_text
from translation.desk.wording import editable, fault_of, stored
from translation.models import AltTextDraft
from translation.units.memory import STAYING
from translation.units.origins import BY_HAND


class Conflict(Exception):
    """Somebody else has saved another text meanwhile. `text` is as it is typed, `version` that of the stored
    one."""

    def __init__(self, text: str, version: str, person: User | None) -> None:
        self.text, self.version = text, version
        self.person = get_user_display_name(person) if person else gettext("Another user")
        super().__init__(gettext("%(user)s has saved another text.") % {"user": embedded(self.person)})


def lock_message(user: User, target: Translatable) -> str:
    """Return that another user has locked the object, or an empty string. Other locks, such as that of a schedule,
    concern the object, not the texts of its translation."""
    lock = target.get_lock() if getattr(target, "locked", False) else None
    if lock and lock.for_user(user):
        return str(lock.get_message(user) or gettext("Locked by another user."))
    return ""


@transaction.atomic
def save_text(
    translation: Translation, segment: StringSegment, text: str, known: str | None, user: User, tool: str = ""
) -> StringTranslation | None:
    """Store a typed text as the draft text of a unit, and return the row; an empty one clears the unit, which gets
    its approved text back if it has one. Saving the text that is stored confirms it for the present source. `tool`
    names where a text was taken from; that of a similar string stays until the unit is cleared.

    Raise Conflict if the stored text is neither of the version `known` nor the same as `text` (None: not
    compared), and ValidationError if it cannot be stored."""
    # Two saves of one translation wait for each other.
    Translation.objects.select_for_update().get(pk=translation.pk)
    rows = StringTranslation.objects.filter(
        translation_of_id=segment.string_id, context_id=segment.context_id, locale_id=translation.target_locale_id
    ).select_related("last_translated_by", "context", "translation_of")
    row = rows.first()
    data = stored(text)
    if row and stored(editable(row.data)) == data:
        # The same text may have been stored in another spelling, such as another entity.
        data = row.data
    if known is not None and known != version_of(row) and (row.data if row else "") != data:
        raise Conflict(editable(row.data) if row else "", version_of(row), row.last_translated_by if row else None)
    if not data:
        if row:
            row.delete()
        return rows.first()
    if fault := fault_of(segment.string.data, data):
        raise ValidationError(fault)
    row = row or StringTranslation(
        translation_of=segment.string, context=segment.context, locale_id=translation.target_locale_id
    )
    stays = row.tool_name in STAYING or (row.tool_name in BY_HAND and row.data == data)
    row.tool_name = tool or (row.tool_name if stays else "")
    row.data = data
    row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    row.last_translated_by = user
    row.has_error, row.field_error = False, ""
    row.save()
    return row


@transaction.atomic
def save_alt_text(
    image: SiteImage, locale: Locale, text: str, known: str | None, user: User
) -> AltTextDraft | None:
    """Store an alternative text as a draft, and return the draft, or None if the text is the public one already.
    The draft is not submitted: that is done with an object that shows the image. `known` is the version of the
    text that the user has seen (`version_of_alt_text`). Raise SourceReplaced if that was for another source text,
    Conflict if somebody else has saved since, and ValidationError if the text is empty, too long, or refused by
    the publishing checks."""
    text = " ".join(text.split())
    image = SiteImage.objects.select_for_update().get(pk=image.pk)
    check_source(image, known and known.partition(".")[0])
    draft = AltTextDraft.objects.filter(image=image, locale=locale).select_related("written_by").first()
    now = draft.text if draft else image.alt_texts.get(locale.language_code, "")
    version = version_of_alt_text(image, now)
    if known is not None and known != version and now != text:
        raise Conflict(now, version, draft.written_by if draft else None)
    longest = AltTextDraft._meta.get_field("text").max_length
    if not text:
        raise ValidationError(gettext("Enter a text."))
    if longest and len(text) > longest:
        message = gettext("The text is too long. Maximum: %(count)d characters.")
        raise ValidationError(message % {"count": longest})
    check_text(image, locale.language_code, text)
    return propose(image, locale, text, user, submits=False)
