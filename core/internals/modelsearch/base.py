"""What the query compilers of both databases have in common."""

from modelsearch.backends.base import BaseSearchQueryCompiler


class AnyFilter(BaseSearchQueryCompiler):
    """Query compiler that accepts every filter. The stock one fails for filters that are not columns, such as the
    usage count of images. Here the filters stay in the queryset and the database applies them."""

    def _get_filters_from_queryset(self, check_only: bool = False) -> None:
        """Return nothing to be translated for a search engine."""
