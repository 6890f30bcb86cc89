"""What wagtail-localize's editor would publish although it is no translation yet, or fail upon."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from translation.overrides import check_overrides


def translation_of(target: Model) -> Translation | None:
    return (
        Translation.objects.filter(
            source__object_id=getattr(target, "translation_key", None),
            target_locale_id=getattr(target, "locale_id", None),
            enabled=True,
        )
        .select_related("source", "target_locale")
        .first()
    )


def check_publishable(translation: Translation) -> None:
    """Partly translated is enough. Raises ValidationError."""
    names = {"title": translation.source.object_repr, "language": translation.target_locale.get_display_name()}
    total, translated = translation.get_progress()
    if total and not translated:
        raise ValidationError(
            _("Nothing of “%(title)s” is translated into %(language)s yet. Translate it, then publish it.") % names
        )
    try:
        check_overrides(translation)
    except ValidationError as error:
        names["reason"] = " ".join(error.messages)
        raise ValidationError(
            _("“%(title)s” in %(language)s cannot be published, for a value of its own is wrong: %(reason)s")
            % names
        ) from error
