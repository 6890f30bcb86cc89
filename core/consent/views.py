"""Admin screens that withdraw consent, list withdrawals, and undo a withdrawal made by mistake."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.permissions import policy_registry

from core.consent.models import Withdrawal
from core.consent.names import pages_with_name
from core.consent.outside_copies import SEARCH_ENGINES
from core.consent.same_words import standing
from core.consent.stores import Subject, companions, shown_at
from core.consent.withdrawable import Withdrawable
from core.consent.withdrawals import may_undo, may_withdraw, rehearse, undo, withdraw
from core.internals.django import capfirst
from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.typed import AdminRequest, AnyFormView, Translatable, ViewMixin

PER_PAGE = 50


def withdrawable_models() -> list[type[Withdrawable]]:
    """Return all installed models of objects whose consent can be withdrawn."""
    return [model for model in apps.get_models() if issubclass(model, Withdrawable)]


def sees_withdrawals(user: User) -> bool:
    """Return whether the user may change any kind of object whose consent can be withdrawn."""
    return any(
        policy_registry.get_by_type(model).user_has_permission(user, "change") for model in withdrawable_models()
    )


class WithdrawForm(forms.Form):
    asked_by = forms.CharField(
        label=gettext_lazy("Requested by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example “the person, by telephone”. No name needed."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept in the record. Do not repeat the words or describe the person."),
    )


class WithdrawPersonForm(WithdrawForm):
    """The form for a person, whose name is searched for in titles, slugs, files and credits too."""

    unpublish_named = forms.BooleanField(
        label=gettext_lazy("Unpublish pages with the name in title or address"),
        help_text=gettext_lazy(
            "Also unpublishes content that shows a document with the name in its title, "
            "withdraws images with the name, and removes the name from credits."
        ),
        required=False,
        initial=True,
    )


class UndoForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why was it a mistake?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConsentScreen(WagtailAdminTemplateMixin):
    """The base of the screens about consent."""

    header_icon = "no-view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return []


class WithdrawView(ConsentScreen, AnyFormView):
    """The screen to withdraw consent: GET shows what would be removed, POST removes it. `key` is the
    `withdrawal_key` of the object, which may be in the trash."""

    request: AdminRequest
    form_class = WithdrawForm
    template_name = "admin/consent/withdraw.html"

    @cached_property
    def subject(self) -> Subject:
        """The object in all languages. Raise Http404 if neither it nor a deleted one has the key."""
        model = _model(self.kwargs["app_label"], self.kwargs["model_name"])
        field = "translation_key" if hasattr(model, "translation_key") else "pk"
        try:
            key = {field: self.kwargs["key"]}
            with transaction.atomic():
                subject = Subject.of(model._base_manager.filter(**key).first() or model(**key))
        except (ValueError, ValidationError) as error:
            raise Http404 from error
        if not subject.ids:
            raise Http404
        return subject

    @cached_property
    def instance(self) -> Withdrawable:
        """The object in its first language, or an unsaved one that stands for an object in the trash."""
        return self.subject.rows[0] if self.subject.rows else self.subject.empty()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_withdraw(self.request.user, self.instance):
            raise PermissionDenied
        if record := Withdrawal.objects.in_force().of(self.instance).first():
            messages.info(request, _("Consent is already withdrawn."))
            return redirect("consent:record", record.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Withdraw consent")

    def get_page_subtitle(self) -> str:
        return str(self.instance) if self.subject.rows else str(capfirst(self.subject.model._meta.verbose_name))

    def get_form_class(self) -> type[WithdrawForm]:
        return WithdrawPersonForm if self.subject.model.words_are_name else WithdrawForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finder = AdminURLFinder(self.request.user)
        with transaction.atomic():
            together = [Subject.of(each) for each in companions(self.subject)]
            words = standing([*together, self.subject])
            names = pages_with_name(self.subject)
        places = [place for subject in (self.subject, *together) for place in shown_at(subject)]
        return {
            **super().get_context_data(**kwargs),
            "subject": self.subject,
            "languages": [row.locale.get_display_name() for row in self.subject.rows if hasattr(row, "locale")],
            "together": [str(each.rows[0]) for each in together],
            "places": list(dict.fromkeys(places)),
            "removed": _named(rehearse(self.instance)),
            "unpublished": _linked(finder, (place.row for place in words if place.is_unpublished)),
            "elsewhere": _linked(finder, (place.row for place in words if not place.is_unpublished)),
            "titled": _linked(finder, (each.row for each in names if each.in_title or each.in_credit)),
            "named": _linked(finder, (each.row for each in names if not (each.in_title or each.in_credit))),
            "search_engines": SEARCH_ENGINES,
            "back": finder.get_edit_url(self.instance) if self.subject.rows else reverse("wagtailadmin_home"),
        }

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        try:
            record = withdraw(self.instance, self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Consent withdrawn. Readers no longer see this content."))
        return redirect("consent:record", record.pk)


class ForEditors(ViewMixin):
    """A mixin for views that only users who may change something that needs consent may open."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_withdrawals(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WithdrawalList(ForEditors, ConsentScreen, TemplateView):
    request: AdminRequest
    template_name = "admin/consent/list.html"

    def get_page_title(self) -> str:
        return _("Withdrawn consents")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Withdrawal.objects.select_related("content_type", "withdrawn_by", "undone_by")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "page": page}


class RecordView(ForEditors, ConsentScreen, TemplateView):
    """The screen of one withdrawal: what was removed, and which search engines to ask for removal."""

    request: AdminRequest
    template_name = "admin/consent/record.html"

    @cached_property
    def record(self) -> Withdrawal:
        return get_object_or_404(Withdrawal, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Withdrawn consent")

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "record": self.record,
            "removed": _named(self.record.removed),
            "search_engines": SEARCH_ENGINES,
            "may_undo": _may_undo(self.request.user, self.record),
        }


class UndoView(ConsentScreen, AnyFormView):
    """The screen to undo a withdrawal made by mistake, while its words are kept."""

    request: AdminRequest
    form_class = UndoForm
    template_name = "admin/consent/undo.html"

    @cached_property
    def record(self) -> Withdrawal:
        return get_object_or_404(Withdrawal, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_undo(self.request.user, self.record):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Withdrawn by mistake")

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.record.withheld.rows.values()
        texts = [value for row in rows for value in row.values() if isinstance(value, str) and value]
        return {**super().get_context_data(**kwargs), "record": self.record, "texts": texts}

    def form_valid(self, form: UndoForm) -> HttpResponse:
        try:
            undo(self.record, self.request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Withdrawal undone. The content is shown again."))
        return redirect("consent:record", self.record.pk)


def _model(app_label: str, model_name: str) -> type[Withdrawable]:
    """Return the named model. Raise Http404 if its objects have no consent that could be withdrawn."""
    for model in withdrawable_models():
        if (model._meta.app_label, model._meta.model_name) == (app_label, model_name):
            return model
    raise Http404


def _linked(finder: AdminURLFinder, rows: Iterable[Translatable]) -> list[tuple[str, str, str]]:
    """Return title, language (for a file its kind) and edit URL of each object; the URL is empty if the user has
    none."""
    return [(str(row), _language_or_kind(row), finder.get_edit_url(row) or "") for row in rows]


def _language_or_kind(row: Translatable) -> str:
    return row.locale.get_display_name() if hasattr(row, "locale") else str(row._meta.verbose_name)


def _may_undo(user: User, record: Withdrawal) -> bool:
    """Return whether the user may undo a withdrawal, which is possible only while it is in force and its words and
    one of its objects are kept."""
    if not record.in_force or not hasattr(record, "withheld"):
        return False
    row = record.subject_model._base_manager.filter(pk__in=[*record.withheld.rows]).first()
    return row is not None and may_undo(user, row)


def _named(removed: dict[str, int]) -> list[tuple[str, int]]:
    """Return the counts with the labels of the stores in the active language."""
    return [(_(label), count) for label, count in removed.items()]
