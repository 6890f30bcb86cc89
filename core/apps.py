from django.apps import AppConfig
from django.core.checks import register


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import signals
        from core.checks import check_blocks

        signals.connect()
        register(check_blocks)
