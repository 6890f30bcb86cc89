from wagtail.models import Locale


def take_turns() -> None:
    """Within a transaction: two who send or assign at the same time come one after the other. On SQLite every
    transaction does."""
    list(Locale.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
