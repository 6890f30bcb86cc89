"""Wagtail hooks for consent: URLs, menu item, listing button and log actions."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from core.consent.panels import withdraw_url
from core.consent.views import RecordView, UndoView, WithdrawalList, WithdrawView, sees_withdrawals
from core.consent.withdrawable import Withdrawable
from core.consent.withdrawals import UNDONE, WITHDRAWN, may_withdraw
from core.internals.django import URLResolver
from core.internals.wagtail_models import LogActionRegistry
from core.typed import AdminRequest, Translatable


@hooks.register("register_admin_urls")
def consent_urls() -> list[URLResolver]:
    urls = [
        path("", WithdrawalList.as_view(), name="list"),
        path("<int:pk>/", RecordView.as_view(), name="record"),
        path("<int:pk>/undo/", UndoView.as_view(), name="undo"),
        path("withdraw/<slug:app_label>/<slug:model_name>/<slug:key>/", WithdrawView.as_view(), name="withdraw"),
    ]
    return [path("withdrawn-consents/", include((urls, "consent")))]


class WithdrawalsMenuItem(MenuItem):
    """The menu item *Withdrawn consents*, shown to users who may change anything that needs consent."""

    def is_shown(self, request: AdminRequest) -> bool:
        return sees_withdrawals(request.user)


@hooks.register("register_reports_menu_item")
def withdrawals_menu_item() -> MenuItem:
    url = reverse("consent:list")
    return WithdrawalsMenuItem(
        _("Withdrawn consents"), url, name="withdrawn-consents", icon_name="no-view", order=910
    )


@hooks.register("register_snippet_listing_buttons")
def listing_button(snippet: Translatable, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Yield the button *Withdraw consent* for a row of a list, if the user may withdraw the consent and it is not
    withdrawn yet. Runs no query, as it is called for each row."""
    if isinstance(snippet, Withdrawable) and not snippet.consent_withdrawn and may_withdraw(user, snippet):
        yield Button(_("Withdraw consent"), withdraw_url(snippet), icon_name="no-view", priority=42)


@hooks.register("register_log_actions")
def name_log_actions(registry: LogActionRegistry) -> None:
    """Register the log actions of withdrawals with their labels and messages."""
    registry.register_action(WITHDRAWN, _("Withdraw consent"), _("Consent withdrawn"))
    registry.register_action(UNDONE, _("Undo a withdrawal"), _("Withdrawal of consent undone"))
