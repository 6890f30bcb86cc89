"""Admin views that import files in two steps: the first shows what a file would change, the second applies it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import TemplateView
from wagtail.admin import messages

from core.typed import AdminRequest, AnyFormView, ViewMixin
from translation.exchange.apply import apply
from translation.exchange.archive import LARGEST, MEGABYTE, too_large
from translation.exchange.formats import read
from translation.exchange.lost import identified
from translation.exchange.pending import keep
from translation.exchange.plan import WRITTEN, Line, Outcome, Plan, plan_of, restored
from translation.exchange.records import Refused
from translation.exchange.words import counted, for_the_memory, may_import, summary
from translation.models import PendingImport
from translation.named_view import NamedView
from translation.units.difference import as_read, difference

PER_PAGE = 100
LISTED = tuple(outcome for outcome in Outcome if outcome not in (Outcome.SAME, Outcome.EMPTY))


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "One XLIFF, PO or TMX file, or a ZIP of them, as exported here, or the TMX file of another program "
            "for the translation memory."
        ),
    )


class ForTranslators(ViewMixin):
    """Mixin of views for users who may import files."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UploadView(ForTranslators, NamedView, AnyFormView):
    """View that takes a file, stores its content and redirects to `ReviewView`. If the file is refused, it shows
    why."""

    request: AdminRequest
    form_class = ImportForm
    header_icon = "upload"
    template_name = "admin/translation/exchange/import.html"

    def get_page_title(self) -> str:
        return _("Import translations")

    def form_valid(self, form: ImportForm) -> HttpResponse:
        upload = form.cleaned_data["file"]
        try:
            if upload.size > LARGEST:
                raise Refused(too_large())
            files = identified(read(upload.name, upload.read()))
            plan_of(files, self.request.user)
        except Refused as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        return redirect("translation_exchange:review", keep(upload.name, files, self.request.user).pk)


_upload = csrf_protect(UploadView.as_view())


@csrf_exempt
def upload(request: AdminRequest) -> HttpResponseBase:
    """Answer with `UploadView`, but redirect with an error, before the body is read, if a request is more than a
    megabyte larger than LARGEST. The CSRF check reads the body, so it comes after."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST + MEGABYTE:
        if not may_import(request.user):
            raise PermissionDenied
        messages.error(request, too_large())
        return redirect("translation_exchange:import")
    return _upload(request)


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
            return redirect("translation_exchange:import")
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
            return redirect("translation_exchange:review", self.pending.pk)
        self.pending.delete()
        messages.success(request, summary(plan))
        return redirect("translation_exchange:import")

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
        "source": as_read(line.unit.source),
        "change": difference(line.old, new) if line.old and line.old != new else as_read(new),
    }
