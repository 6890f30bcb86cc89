"""Who is shown or speaks, what they agreed to, until when, and how a consent is withdrawn.

`rules` decides whether a consent holds, `kept` keeps one consent for all languages, `withdrawals` withdraws it,
and `stores` lists the places from which withdrawn words are removed.
"""

from core.consent.rules import PUBLIC_SCOPES, ConsentMixin, ConsentScope

__all__ = ["PUBLIC_SCOPES", "ConsentMixin", "ConsentScope"]
