from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from campaigns.admin.copies import ACTION, confirm_copied
from campaigns.admin.viewsets import MaterialViewSetGroup, ReferenceViewSetGroup

register_snippet(MaterialViewSetGroup)
register_snippet(ReferenceViewSetGroup)


@hooks.register("register_admin_urls")
def copies_url() -> list[URLPattern]:
    return [path("copies/<int:pk>/", confirm_copied, name="campaigns_copied")]


@hooks.register("register_log_actions")
def name_confirmation(registry: LogActionRegistry) -> None:
    registry.register_action(ACTION, _("Confirm what a copy took over"), _("Confirmed what the copy took over"))
