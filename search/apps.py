from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import due
        from search import following, signals, withdrawing

        following.connect()
        signals.connect()
        withdrawing.connect()
        due.register(following.record_ended)
