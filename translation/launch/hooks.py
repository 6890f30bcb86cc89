"""Wagtail hooks of the launch: its URL, and its entry in the log."""

from django.urls import include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry

from core.internals.django import URLResolver
from core.internals.wagtail_models import LogActionRegistry
from translation.launch.launch import ACTION
from translation.launch.views import LaunchView


@hooks.register("register_admin_urls")
def launch_urls() -> list[URLResolver]:
    urls = [path("<int:page_id>/<str:code>/", LaunchView.as_view(), name="launch")]
    return [path("translation/launch/", include((urls, "translation_launch")))]


class LaunchFormatter(LogFormatter):
    """Text of a launch in Wagtail's history."""

    label = gettext_lazy("Launched in a language")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        data = log_entry.data
        count = data["published"]
        message = ngettext(
            "Launched: %(count)d item was published", "Launched: %(count)d items were published", count
        ) % {"count": count}
        if data["accepted"]:
            missing = _("launched without: %(titles)s (%(reason)s)")
            message += "; " + missing % {"titles": ", ".join(data["accepted"]), "reason": data["reason"]}
        return message


@hooks.register("register_log_actions")
def name_launch(registry: LogActionRegistry) -> None:
    registry.register_action(ACTION)(LaunchFormatter)
