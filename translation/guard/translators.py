"""Allowlist of the admin views that a user who only translates may open, by URL name. Every other view answers
403, whatever Wagtail or an app that is added later would allow."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Locale, Page

# Bulk actions that change nothing. This one leads to the export, which checks the language itself.
READING_IN_BULK = {"export_for_translators"}

Rule = Callable[..., HttpResponse | None]


def anything(request: HttpRequest, locales: set[int], **kwargs: Any) -> None:
    """Allow the request: the view shows nothing of one language, or checks the rights itself."""


def reading(request: HttpRequest, locales: set[int], **kwargs: Any) -> None:
    """Raise PermissionDenied unless the request only reads (GET or HEAD)."""
    if request.method not in ("GET", "HEAD"):
        raise PermissionDenied


def own_page(
    request: HttpRequest, locales: set[int], page_id: int | None = None, pk: str | None = None, **kwargs: Any
) -> None:
    """Raise PermissionDenied unless the page exists and is in one of the user's languages."""
    if not Page.objects.filter(pk=page_id or pk, locale_id__in=locales).exists():
        raise PermissionDenied


def bulk_reading(request: HttpRequest, locales: set[int], action: str, **kwargs: Any) -> None:
    """Raise PermissionDenied unless the bulk action only reads, as those in READING_IN_BULK do."""
    if action not in READING_IN_BULK:
        raise PermissionDenied


def own_branch(request: HttpRequest, locales: set[int], parent_page_id: int | None = None, **kwargs: Any) -> None:
    """Raise PermissionDenied if the parent page is in a language that is not the user's. The root of the tree is
    allowed, where Wagtail lists only the branches that the user has rights on, and so is a page that does not
    exist."""
    page = Page.objects.filter(pk=parent_page_id).only("depth", "locale_id").first()
    if page and page.depth > 1 and page.locale_id not in locales:
        raise PermissionDenied


def own_list(request: HttpRequest, locales: set[int], **kwargs: Any) -> HttpResponse | None:
    """Redirect a list of snippets that names no language to one of the user's. Raise PermissionDenied if it names
    a language that is not the user's."""
    return in_own_language(request, locales, "locale")


def own_report(request: HttpRequest, locales: set[int], **kwargs: Any) -> HttpResponse | None:
    """Redirect wagtail-localize's report, if it names no target language, to one of the user's. Raise
    PermissionDenied if it names a language that is not the user's."""
    return in_own_language(request, locales, "target_locale")


def in_own_language(request: HttpRequest, locales: set[int], parameter: str) -> HttpResponse | None:
    """Redirect to the URL with the first of the user's languages as `parameter` if it has none; return None if it
    names one of them. Raise PermissionDenied if it names a language that is not the user's."""
    codes = Locale.objects.filter(pk__in=locales).order_by("language_code").values_list("language_code", flat=True)
    wanted = request.GET.get(parameter)
    if wanted and wanted not in codes:
        raise PermissionDenied
    if not wanted:
        asked = request.GET.copy()
        asked[parameter] = codes[0]
        return redirect(f"{request.path}?{urlencode(list(asked.lists()), doseq=True)}")
    return None


# The first matching pattern decides; None refuses. Views of this project are added here once they check the
# rights.
RULES: dict[str, Rule | None] = {
    "wagtailadmin_home": anything,
    "wagtailadmin_account": anything,
    "wagtailadmin_login": anything,
    "wagtailadmin_logout": anything,
    "wagtailadmin_password_reset*": anything,
    "second_factor:*": anything,
    "wagtailadmin_sprite": anything,
    "wagtailadmin_javascript_catalog": anything,
    "wagtailadmin_dismissibles": anything,
    "wagtailadmin_block_preview": anything,
    # Wagtail asks for the right to change the object.
    "wagtailadmin_editing_sessions:*": anything,
    "editing_session": anything,
    "editing_times": anything,
    # It asks whether the user may open the editor.
    "publishing_checks": anything,
    # These choosers list objects of all languages that the user may see.
    "wagtailadmin_choose_page*": anything,
    "wagtail_bulk_action": bulk_reading,
    # Of Wagtail 8.1 on.
    "wagtailadmin_api:explorer": reading,
    "wagtailadmin_api:*:listing": reading,
    "wagtailadmin_api:*:detail": reading,
    "wagtailadmin_api:*:find": reading,
    "wagtailimages_chooser:create": None,
    "wagtaildocs_chooser:create": None,
    "wagtailimages_chooser:*": anything,
    "wagtaildocs_chooser:*": anything,
    "wagtailsnippetchoosers_*:create": None,
    "wagtailsnippetchoosers_*:speakers": None,
    "wagtailsnippetchoosers_*": anything,
    "wagtailadmin_explore_root": anything,
    "wagtailadmin_explore": own_branch,
    "wagtailadmin_explore_results": own_branch,
    "wagtailadmin_pages:search": anything,
    "wagtailadmin_pages:search_results": anything,
    "wagtailadmin_pages:edit": own_page,
    "wagtailadmin_pages:preview_on_edit": own_page,
    "wagtailadmin_pages:view_draft": own_page,
    "wagtailadmin_pages:usage": own_page,
    "wagtailadmin_pages:history": own_page,
    "wagtailadmin_pages:history_results": own_page,
    "wagtailadmin_pages:revisions_index": own_page,
    "wagtailadmin_pages:revisions_view": own_page,
    "wagtailadmin_pages:revisions_compare": own_page,
    "wagtailadmin_pages:workflow_history": own_page,
    "wagtailadmin_pages:workflow_history_detail": own_page,
    "wagtailadmin_pages:confirm_workflow_cancellation": own_page,
    "wagtailsnippets:index": anything,
    "wagtailsnippets_*:list": own_list,
    "wagtailsnippets_*:list_results": own_list,
    # `snippets.speak_language` checks the object's language.
    "wagtailsnippets_*:edit": anything,
    "wagtailsnippets_*:preview_on_edit": anything,
    "wagtailsnippets_*:usage": anything,
    "wagtailsnippets_*:history": anything,
    "wagtailsnippets_*:history_results": anything,
    "wagtailsnippets_*:revisions_view": anything,
    "wagtailsnippets_*:revisions_compare": anything,
    "wagtailsnippets_*:workflow_history": anything,
    "wagtailsnippets_*:workflow_history_detail": anything,
    "wagtailsnippets_*:confirm_workflow_cancellation": anything,
    "wagtail_localize:translations_report*": own_report,
    # `translation.guard.middleware` has rules on these for all users.
    "wagtail_localize:*": anything,
    "translation_*:*": anything,
}


def check(request: HttpRequest, name: str, locales: set[int], kwargs: dict[str, Any]) -> HttpResponse | None:
    """Apply the rule of the view `name` to a request of a user who only translates into `locales`. Raise
    PermissionDenied if the request is refused; return a redirect, or None to let the view run."""
    rule = rule_for(name)
    if rule is None:
        raise PermissionDenied
    return rule(request, locales, **kwargs)


def rule_for(name: str) -> Rule | None:
    """Return the rule of the view `name` (namespaces and URL name) by the first pattern in RULES that matches, or
    None if the view is refused or not listed."""
    return next((rule for pattern, rule in RULES.items() if fnmatchcase(name, pattern)), None)
