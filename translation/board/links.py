"""Addresses of the screens where the work on a cell is done."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse
from wagtail.models import Locale

from translation.board.access import Access
from translation.board.readiness import Ready
from translation.campaign_contents.kinds import Kind
from translation.campaign_contents.seen_by_readers import Member
from translation.localize.names import SUBMIT_PAGE, SUBMIT_SNIPPET
from translation.units.states import Status

NO_FOLLOWERS = {Status.PARKED, Status.UNREVIEWED}
"""The states of stopped translations, which are edited as pages."""
NOBODY = UUID(int=0)


class Links:
    """Makes the URLs of the cells of one board, as the user's `access` allows. Each URL pattern is reversed only
    once, for a board has thousands of cells."""

    def __init__(self, access: Access):
        self.access = access
        self._known: dict[tuple[str, str], str] = {}

    def to(self, ready: Ready, locale: Locale) -> str:
        """Return the URL for a cell: the review that waits, the alternative text of an image, the translator's
        desk, the edit view of a source or a stopped translation, or the form that sends a missing object. Return
        an empty string if the user neither works in the language nor may send objects, or if the object is missing
        and the user may not send it."""
        member = ready.member
        works_here = self.access.works_in(locale.pk)
        if not (works_here or self.access.coordinates):
            return ""
        if works_here and ready.own.status == Status.IN_REVIEW and ready.own.review:
            return self._review(ready.own.review)
        if works_here and member.kind == Kind.IMAGE:
            code = locale.language_code
            return self._made("alt", code, "translation_alt_texts:edit", member.pk, before=(code,))
        if not member.is_translated:
            return self._edit(member, member.pk)
        if locale.pk in member.pks:
            if locale.pk == member.source_locale or ready.own.status in NO_FOLLOWERS:
                return self._edit(member, member.pks[locale.pk])
            return self._desk(member.key, locale.language_code)
        if not self.access.coordinates:
            return ""
        return f"{self._send(member)}?select_locale={locale.language_code}"

    def _review(self, pk: int) -> str:
        try:
            return reverse("translation_review:review", args=[pk])
        except NoReverseMatch:
            return ""

    def _desk(self, key: UUID, code: str) -> str:
        if ("desk", code) not in self._known:
            self._known["desk", code] = reverse("translation_desk:desk", args=[NOBODY, code])
        return self._known["desk", code].replace(str(NOBODY), str(key))

    def _edit(self, member: Member, pk: int) -> str:
        if member.kind == Kind.IMAGE:
            return self._made("edit", member.kind, "wagtailimages:edit", pk)
        if member.is_page or member.kind == Kind.TOOLKIT:
            return self._made("edit", member.kind, "wagtailadmin_pages:edit", pk)
        viewset = member.model.snippet_viewset  # type: ignore[attr-defined]  # set by Wagtail's registration
        return self._made("edit", member.kind, viewset.get_url_name("edit"), pk)

    def _send(self, member: Member) -> str:
        if member.is_page:
            return self._made("send", member.kind, SUBMIT_PAGE, member.pk)
        meta = member.model._meta
        names = (meta.app_label, str(meta.model_name))
        return self._made("send", member.kind, SUBMIT_SNIPPET, member.pk, before=names)

    def _made(self, what: str, kind: str, name: str, pk: int, before: tuple[str, ...] = ()) -> str:
        """Return the URL of the view `name` for a primary key, after the arguments `before`. The reversed URL is
        kept for `what` and `kind`."""
        mark = 987654321
        if (what, kind) not in self._known:
            self._known[what, kind] = reverse(name, args=[*before, mark])
        return self._known[what, kind].replace(str(mark), str(pk))
