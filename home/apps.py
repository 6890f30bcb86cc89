"""Configuration of the app `home`: pages, navigation, head, API, sitemaps and the demo."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.seo.structured import register
        from core.stamps.changes import watch
        from home import context, receivers, structured

        watch(*self.get_models())
        context.connect()
        receivers.connect()
        register(structured.nodes)
