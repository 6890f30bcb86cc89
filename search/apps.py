from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import periodic as due
        from core.helplines import typed as numbers
        from search import following, typed, withdrawing
        from search import receivers as signals

        following.connect()
        signals.connect()
        withdrawing.connect()
        due.register(following.record_ended)
        numbers.register(typed.places)
