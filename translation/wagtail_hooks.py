from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from wagtail import hooks

from core.rights import only_locales


@hooks.register("before_edit_snippet", order=-100)
def keep_translators_to_their_language(request: HttpRequest, instance: Model) -> None:
    """Before wagtail-localize's own, which answers with its editor."""
    locales = only_locales(request.user)
    if locales is not None and getattr(instance, "locale_id", None) not in locales:
        raise PermissionDenied
