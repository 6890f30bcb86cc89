from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import due
        from search import signals, tasks, withdrawing

        signals.connect()
        withdrawing.connect()
        due.register(tasks.write_due)
