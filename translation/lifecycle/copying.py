"""Copying of pages in several languages. Wagtail copies a page in its own language; on request the copy is sent
for translation, and approved texts of the copied page's strings are filled in."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from core.internals.wagtail_admin import CopyView
from core.typed import AdminRequest
from translation.lifecycle.page_actions import again
from translation.lifecycle.questions import ALL, FIELD, ONLY_THIS, Question
from translation.lifecycle.siblings import Other, rows_of
from translation.localize.names import SUBMIT
from translation.sending.create import send

OPTIONS = [
    (ONLY_THIS, gettext_lazy("Only in this language")),
    (ALL, gettext_lazy("In the other languages too, as drafts with the approved texts")),
]
_EVERYWHERE = "copies_everywhere"
"""Attribute of a request whose copy is made in all languages."""


def copy_question(page: Page, user: User) -> Question | None:
    """Return the question to ask before the page is copied below its parent, with a reason for each language in
    which the user cannot copy it. Return None if the page exists in one language only."""
    others = _others(page, page.get_parent(), user)
    return Question("copy", OPTIONS, ONLY_THIS, others) if others else None


class CopyEverywhere(CopyView):
    """Wagtail's copy view for a copy in all languages: the page is copied and sent for translation, or neither."""

    def form_valid(self, form: CopyForm) -> HttpResponse:
        """Copy the page in one transaction. Redirect back to the form with error messages if that is not possible,
        or fails, in one of the languages."""
        parent = form.cleaned_data["new_parent_page"] or self.page.get_parent()
        try:
            against = [other.refusal for other in _others(self.page, parent, self.request.user) if other.refusal]
            if against:
                raise ValidationError(against)
            with transaction.atomic():
                return super().form_valid(form)
        except ValidationError as error:
            return again(self.request, error)


@hooks.register("before_copy_page")
def copy_elsewhere(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook: let `CopyEverywhere` answer in place of Wagtail's view if a copy in all languages was chosen on POST
    and the page exists in other languages. Return None otherwise."""
    wanted = request.method == "POST" and request.POST.get(FIELD) == ALL
    if not wanted or hasattr(request, _EVERYWHERE) or not rows_of(page):
        return None
    setattr(request, _EVERYWHERE, True)
    return CopyEverywhere.as_view()(request, page_id=page.pk)


@hooks.register("after_copy_page")
def translate_copy(request: AdminRequest, page: Page, copied: Page) -> None:
    """Hook: send the copy, and the copied pages beneath, for translation into the languages of their originals,
    within the transaction of `CopyEverywhere`; else do nothing. Raise ValidationError, which undoes the copy, if
    one failed."""
    if not hasattr(request, _EVERYWHERE):
        return
    originals = page.get_descendants(inclusive=True).order_by("path").specific()
    copies = copied.get_descendants(inclusive=True).order_by("path").specific()
    sent: set[str] = set()
    problems: list[str] = []
    # If the pages beneath were not copied, there is one copy, and it pairs with the first page.
    for original, copy in zip(originals, copies, strict=False):
        locales = [row.locale for row in rows_of(original) if row.locale_id != copy.locale_id]
        if locales:
            result = send(copy, locales, request.user)
            sent |= {each.target_locale.get_display_name() for each in result.translations}
            problems += result.problems
    if problems:
        raise ValidationError(problems)
    if sent:
        names = {"languages": ", ".join(sorted(sent))}
        messages.success(request, _("The copy was sent for translation into: %(languages)s.") % names)


def _others(page: Page, parent: Page, user: User) -> list[Other]:
    return [Other(row, row.locale.get_display_name(), False, _against(row, parent, user)) for row in rows_of(page)]


def _against(row: Page, parent: Page, user: User) -> str:
    """Return why the user cannot copy the page in this row's language, or an empty string: the new parent is not
    translated, or the user may not submit translations or add pages there."""
    names = {"language": row.locale.get_display_name(), "parent": parent}
    there = parent if parent.is_root() else parent.get_translation_or_none(row.locale)
    if there is None:
        return _("“%(parent)s” does not exist in %(language)s yet. Translate it first.") % names
    if not user.has_perm(SUBMIT) or not there.permissions_for_user(user).can_add_subpage():
        return _("You do not have permission to do this in %(language)s.") % names
    return ""
