"""Configuration of the app, which connects its receivers and registers its providers."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from campaigns import context, deletion, structured, withdrawing
        from campaigns.listings import receivers as listings
        from campaigns.models import Person
        from campaigns.portraits import people_seen
        from core.references.files import register_snippet
        from core.seo.structured import register

        context.connect()
        deletion.connect()
        listings.connect(self)
        withdrawing.connect()
        register(structured.nodes)
        register_snippet(Person, people_seen)
