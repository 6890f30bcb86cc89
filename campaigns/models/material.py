from core.models import TranslatableSnippet


class MaterialSnippet(TranslatableSnippet):
    """What is written once, comes from a story or is tied to campaigns, and is shown with them.

    Each has `campaign_ties`, and a manager of a `PieceQuerySet`. `campaigns/kinds.py` says the rest.
    """

    class Meta(TranslatableSnippet.Meta):
        abstract = True
