"""Admin views that import files in two steps: the first shows what a file would change, the second applies it."""

from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import TemplateView
from wagtail.admin import messages

from core.internals.wagtail_admin import get_valid_next_url_from_request
from core.typed import AdminRequest, AnyFile, AnyFormView, ViewMixin
from translation.exchange.apply import apply
from translation.exchange.archive import LARGEST, MEGABYTE, MOST_UPLOADS, Content, too_large
from translation.exchange.by_file import by_file
from translation.exchange.formats import read_all
from translation.exchange.lost import identified
from translation.exchange.pending import keep
from translation.exchange.plan import WRITTEN, Line, Outcome, Plan, plan_of, restored
from translation.exchange.records import Refused, of_each
from translation.exchange.words import counted, for_the_memory, may_import, summary
from translation.models import PendingImport
from translation.named_view import NamedView
from translation.units.chips import with_chips
from translation.units.difference import difference

PER_PAGE = 100
LISTED = tuple(outcome for outcome in Outcome if outcome not in (Outcome.SAME, Outcome.EMPTY))


class FilesInput(forms.ClearableFileInput):
    """An input in which several files can be chosen."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(each, initial) for each in data or [None]]


class ImportForm(forms.Form):
    file = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "XLIFF, PO and TMX files as exported here, of any objects and languages, one by one or in a ZIP file; "
            "or TMX files of other programs for the translation memory. If one is not accepted, none is imported."
        ),
    )


class ForTranslators(ViewMixin):
    """Mixin of views for users who may import files. They keep where the user came from as `next`."""

    def with_next(self, name: str, *args: Any) -> str:
        """Return the URL of a view, with the `next` of this request."""
        url, came_from = reverse(name, args=args), get_valid_next_url_from_request(self.request)
        return f"{url}?{urlencode({'next': came_from})}" if came_from else url

    def after(self) -> str:
        """Return where to go once all is done."""
        return str(get_valid_next_url_from_request(self.request) or reverse("translation_exchange:import"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UploadView(ForTranslators, NamedView, AnyFormView):
    """View that takes files, stores their content and redirects to `ReviewView`. If some are refused, it shows
    why, and stores nothing."""

    request: AdminRequest
    form_class = ImportForm
    header_icon = "upload"
    template_name = "admin/translation/exchange/import.html"

    def get_page_title(self) -> str:
        return _("Import translations")

    def form_valid(self, form: ImportForm) -> HttpResponse:
        uploads = form.cleaned_data["file"]
        try:
            files = identified(read_all(of_each(uploads, _content, attrgetter("name"))))
            plan_of(files, self.request.user)
        except Refused as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        names = ", ".join(upload.name for upload in uploads)
        return redirect(self.with_next("translation_exchange:review", keep(names, files, self.request.user).pk))


def _content(upload: AnyFile) -> Content:
    """Return the name and the content of an upload. Raise Refused if it is larger than LARGEST."""
    if (upload.size or 0) > LARGEST:
        raise Refused(too_large())
    return upload.name or "", upload.read()


_upload = csrf_protect(UploadView.as_view())


@csrf_exempt
def upload(request: AdminRequest) -> HttpResponseBase:
    """Answer with `UploadView`, but redirect with an error, before the body is read, if a request is more than a
    megabyte larger than LARGEST, and if it has more than MOST_UPLOADS files. The CSRF check reads the body, so it
    comes after."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST + MEGABYTE:
        if not may_import(request.user):
            raise PermissionDenied
        messages.error(request, too_large())
        return redirect("translation_exchange:import")
    try:
        return _upload(request)
    except TooManyFilesSent:
        limit = {"limit": MOST_UPLOADS}
        messages.error(request, _("More than %(limit)d files. Upload them as a ZIP file.") % limit)
        return redirect("translation_exchange:import")


class ReviewView(ForTranslators, NamedView, TemplateView):
    """View that shows what an upload of this user would change, and that applies this on POST, unless it has
    changed since it was shown or a question is not answered."""

    request: AdminRequest
    header_icon = "upload"
    template_name = "admin/translation/exchange/review.html"

    def get_page_title(self) -> str:
        return _("Changes in the file")

    def get_page_subtitle(self) -> str:
        return self.pending.name

    @cached_property
    def pending(self) -> PendingImport:
        return get_object_or_404(PendingImport, pk=self.kwargs["import_id"], uploaded_by=self.request.user)

    @cached_property
    def plan(self) -> Plan:
        return plan_of(restored(self.pending.files), self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.plan  # noqa: B018
        except Refused as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.with_next("translation_exchange:import"))
        return super().get(request, *args, **kwargs)

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        try:
            plan = apply(
                restored(self.pending.files),
                request.user,
                request.POST.get("digest", ""),
                answered=bool(request.POST.get("answered")),
            )
        except Refused as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.with_next("translation_exchange:review", self.pending.pk))
        self.pending.delete()
        messages.success(request, summary(plan))
        return redirect(self.after())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = [line for line in self.plan.lines if line.outcome in LISTED or line.findings]
        page = Paginator(listed, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "lines": [_shown(line) for line in page],
            "page": page,
            "counts": [
                *([for_the_memory(len(self.plan.foreign))] if self.plan.foreign else []),
                *(counted(outcome, count) for outcome in Outcome if (count := self.plan.counts.get(outcome, 0))),
            ],
            "writes": self.plan.changes_something,
            "unsure": sum(not line.unit.final for line in self.plan.written),
            "digest": self.plan.digest,
            "questions": self.plan.questions,
            "files": by_file(self.plan),
            "back_url": self.after(),
        }


def _shown(line: Line) -> dict[str, Any]:
    """Return the template context of a line."""
    new = line.unit.target
    return {
        "line": line,
        "outcome": line.outcome.label,
        "written": line.outcome in WRITTEN,
        "title": line.translation.source.object_repr,
        "source_language": line.translation.source.locale.language_code,
        "language": line.translation.target_locale,
        "source": with_chips(line.source),
        "change": difference(line.old, new, line.source)
        if line.old and line.old != new
        else with_chips(new, line.source),
    }
