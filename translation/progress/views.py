"""The view of the report, with its charts."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale

from core.internals.django import capfirst
from core.languages.cldr import number
from core.languages.site_languages import active_code
from core.typed import AdminRequest
from translation.board.bars import draw
from translation.progress.origins import Share
from translation.progress.rows import Row, rows_of
from translation.progress.waits import DAYS
from translation.sending.rules import may_submit


class Part(TextChoices):
    """The parts of a bar of words."""

    LEFT = "left", gettext_lazy("words left")
    TRANSLATED = "translated", gettext_lazy("translated, not approved")
    APPROVED = "approved", gettext_lazy("approved")


class Span(TextChoices):
    """The parts of a bar of days."""

    MEDIAN = "median", gettext_lazy("median")
    NINETIETH = "ninetieth", gettext_lazy("90th percentile")


class ProgressView(ReportView):
    """The report, also as CSV and XLSX, for those who send objects for translation."""

    request: AdminRequest
    page_title = gettext_lazy("Translation progress")
    header_icon = "tasks"
    results_template_name = "admin/translation/progress.html"
    index_url_name = "translation_progress:index"
    is_searchable = False
    paginate_by = None
    columns: list[Any] = []
    list_export = [
        *("language", "person", "words.left", "words.translated", "words.approved", "words.items"),
        *("published", "median", "ninetieth"),
        *(f"came.{share}" for share in Share.values),
    ]
    export_headings = {
        "language": gettext_lazy("Language"),
        "person": gettext_lazy("Assigned to"),
        "words.left": gettext_lazy("Words left"),
        "words.translated": gettext_lazy("Words translated, not approved"),
        "words.approved": gettext_lazy("Words approved"),
        "words.items": gettext_lazy("Unfinished items"),
        "published": gettext_lazy("Went live after a change"),
        "median": gettext_lazy("Days to live, median"),
        "ninetieth": gettext_lazy("Days to live, 90th percentile"),
        **{f"came.{share.value}": share.label for share in Share},
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raise PermissionDenied unless the user sends objects for translation."""
        if not may_submit(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return "translation-progress"

    def get_filtered_queryset(self) -> list[Row]:
        """Return the rows of all languages of the site."""
        return rows_of(Locale.objects.order_by("pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: list[Row] = self.object_list
        languages, people = [row for row in rows if not row.person], [row for row in rows if row.person]
        most = max((row.words.left for row in people), default=0)
        longest = max((row.ninetieth for row in languages if row.wait), default=0)
        return {
            **super().get_context_data(**kwargs),
            "languages": [(row, _words(row)) for row in languages if row.words.left + row.words.approved],
            "people": [(row, draw(row.person, {Part.LEFT: row.words.left}, most)) for row in people],
            "waits": [(row, _days(row, float(longest))) for row in languages if row.wait],
            "days": DAYS,
            "shares": [(row, *_shares(row)) for row in languages if any(row.came.values())],
            "share_heads": [(share.value, capfirst(share.label)) for share in Share],
        }


def _words(row: Row) -> str:
    words = row.words
    counts = {Part.APPROVED: words.approved, Part.TRANSLATED: words.translated, Part.LEFT: words.left}
    return draw(row.language, counts)


def _days(row: Row, longest: float) -> str:
    median, ninetieth = float(row.median), float(row.ninetieth)
    said = _("median %(median)s days, 90th percentile %(ninetieth)s days") % {
        "median": number(Decimal(str(median)), active_code()),
        "ninetieth": number(Decimal(str(ninetieth)), active_code()),
    }
    return draw(row.language, {Span.MEDIAN: median, Span.NINETIETH: ninetieth - median}, longest, said)


def _shares(row: Row) -> tuple[str, list[tuple[int, int]]]:
    """Return the bar of a language, and the count and the percentage of each of `Share`."""
    counts = {share: int(row.came[share]) for share in Share}
    whole = sum(counts.values())
    return draw(row.language, counts), [(count, round(100 * count / whole)) for count in counts.values()]
