"""Configuration of the app `home`: pages, navigation, head, API, sitemaps and the demo."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.seo.structured import register
        from core.stamps.changes import watch
        from home import context, receivers, structured
        from home.models import ContentPage, SectionPage

        # Sections and content pages are found by the menu, by their parent, and by key.
        watch(*self.get_models())
        watch(SectionPage, ContentPage, listed=True)
        context.connect()
        receivers.connect()
        register(structured.nodes)
