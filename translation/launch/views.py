"""Admin view of the launch."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Locale, Page

from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.languages.bidi import embedded
from core.publishing.forms import CONFIRMED
from core.publishing.people import people_digest
from core.typed import AdminRequest
from translation.board.access import require
from translation.campaign_contents.portions import portion_number
from translation.control_characters import without_controls
from translation.launch.launch import launch
from translation.launch.plan import Plan
from translation.models import Launch

KEPT = 20


class LaunchView(WagtailAdminTemplateMixin, TemplateView):
    """View that shows the plan of a launch and the last KEPT launches, and that launches on POST."""

    header_icon = "globe"
    template_name = "admin/translation/launch.html"
    request: AdminRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(self.request)
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        self.locale = get_object_or_404(Locale, language_code=kwargs["code"])
        self.number = portion_number(self.request.GET.get("stories"))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def plan(self) -> Plan:
        try:
            return Plan(self.page, self.locale, self.number)
        except LookupError as error:
            raise Http404 from error

    def get_page_title(self) -> str:
        return _("Launch")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        board = {"url": self.board_url(), "label": _("Translation")}
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, board, own]

    def get_page_subtitle(self) -> str:
        return f"{embedded(self.plan.title)} ({embedded(self.locale.get_display_name())})"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan
        may_launch = plan.may_launch(self.request.user)
        plan.examine(self.request.user)
        obstacles = plan.obstacles()
        launches = Launch.objects.filter(object_key=plan.key, locale=self.locale).select_related("launched_by")
        return {
            **super().get_context_data(**kwargs),
            "plan": plan,
            "obstacles": obstacles,
            "may_launch": may_launch,
            "can_launch": may_launch and plan.going and not obstacles and not any(p.findings for p in plan.going),
            "accepted": self.request.POST.getlist("accept"),
            "reason": self.request.POST.get("reason", ""),
            "launches": launches[:KEPT],
            "board_url": self.board_url(),
            "portion": plan.portion,
            "confirmed_name": CONFIRMED,
            "digest": people_digest(plan.people),
        }

    def board_url(self) -> str:
        """Return the URL of the translation board of this campaign or edition."""
        edition = self.plan.edition
        address = f"{reverse('translation_board:index')}?campaign={self.plan.family.pk}"
        return f"{address}&edition={edition.pk}" if edition else address

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        try:
            record = launch(
                self.page,
                self.locale,
                request.user,
                set(request.POST.getlist("accept")),
                without_controls(request.POST.get("reason", "")),
                request.POST.get(CONFIRMED, ""),
                self.number,
            )
        except LookupError as error:
            raise Http404 from error
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.render_to_response(self.get_context_data(**kwargs))
        names = {"title": embedded(self.plan.title), "language": embedded(self.locale.get_display_name())}
        if record is None:
            messages.success(
                request, _("Nothing was published: everything that is ready is already live.") % names
            )
        else:
            count = len(record.published)
            message = ngettext(
                "“%(title)s” is live in %(language)s: %(count)d item was published.",
                "“%(title)s” is live in %(language)s: %(count)d items were published.",
                count,
            )
            messages.success(request, message % {**names, "count": count})
        return redirect(request.get_full_path())
