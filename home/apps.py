from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.structured import register
        from home import signals, structured

        signals.connect()
        register(structured.nodes)
