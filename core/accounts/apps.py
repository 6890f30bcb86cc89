"""App configuration that replaces `wagtail.users`."""

from wagtail.users.apps import WagtailUsersAppConfig


class SiteUsersConfig(WagtailUsersAppConfig):
    """Configuration of `wagtail.users` with this site's user views."""

    user_viewset = "core.accounts.users.SiteUserViewSet"
