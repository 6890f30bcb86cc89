from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import due
        from core.helplines import typed as numbers
        from search import following, signals, typed, withdrawing

        following.connect()
        signals.connect()
        withdrawing.connect()
        due.register(following.record_ended)
        numbers.register(typed.places)
