"""The glossary: terms with their translations, and the names of campaigns, projects, organisations and places.
Found in source texts and asked for in translations."""

from translation.glossary.index import Form, Match, index_of, terms_in

__all__ = ["Form", "Match", "index_of", "terms_in"]
