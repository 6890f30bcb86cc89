"""The base class of material."""

from core.models import TranslatableSnippet


class MaterialSnippet(TranslatableSnippet):
    """Base of quotes, takeaways, key figures and commitments: snippets that come from a story or are tied to
    campaigns, and are shown on the pages of these.

    A subclass has `campaign_ties`, a manager made of a `PieceQuerySet`, and an entry in `campaigns/kinds.py`.
    """

    class Meta(TranslatableSnippet.Meta):
        abstract = True
