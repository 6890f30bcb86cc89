from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "translation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import page_context
        from core.gate import rules
        from translation import reader, signals
        from translation.gate import ReviewedOnly
        from translation.life import signals as life_signals
        from translation.notices import events

        rules.register(ReviewedOnly())
        page_context.register(reader.notice)
        signals.connect()
        life_signals.connect()
        events.connect()
