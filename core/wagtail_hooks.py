from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from core.blocked_schedule import ACTION, PublishBlockedFormatter
from core.bulk_publish import GatedPublishBulkAction
from core.publish_actions import GatedCopyAction, GatedPagesViewSet, GatedPublishAction


@hooks.register("register_actions")
def gate_actions(registry: ActionRegistry) -> None:
    registry.register(Page, GatedPublishAction)
    registry.register(Page, GatedCopyAction)


@hooks.register("construct_admin_api")
def gate_admin_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", GatedPagesViewSet)


# After Wagtail's own of the same name, or that one wins.
hooks.register("register_bulk_action", GatedPublishBulkAction, order=100)


@hooks.register("register_log_actions")
def name_blocked_publication(registry: LogActionRegistry) -> None:
    registry.register_action(ACTION)(PublishBlockedFormatter)
