"""Configuration of the app `search`: the search of the site for readers, and the search backends of the admin."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import periodic
        from core.helplines.typed_numbers import register
        from search import following, receivers, typed_numbers, withdrawing

        following.connect()
        receivers.connect()
        withdrawing.connect()
        periodic.register(following.record_ended)
        register(typed_numbers.places)
