"""A lock that serializes requests."""

from wagtail.models import Locale


def take_turns() -> None:
    """Lock all languages until the transaction ends, so that requests that send or assign run one after the other.
    To be called in a transaction. On SQLite it locks nothing: transactions that write run one after the other
    there."""
    list(Locale.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
