"""What both databases' backends do with an object and with what is asked."""

import copy
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, FloatField, Q, QuerySet, Value, When
from wagtail.search.index import AutocompleteField, RelatedFields
from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from core.languages.site_languages import LocaleCodes, all_languages
from core.typed import Translatable
from search.words import asked_words, folded_words, stem


class AnyFilter:
    """Before a query compiler of Wagtail's, which fails for a filter that is no column, such as how often
    an image is used: the database itself applies what the queryset is filtered by."""

    def _get_filters_from_queryset(self, check_only: bool = False) -> None:
        """Return nothing to be translated for a search engine."""


class Stemmed:
    """Stands for an object where its words go into the index: with the same fields, whose values are stemmed in
    the object's language, or in every one where it has none. Where words are completed they stand as they are
    typed as well: the admin's lists complete what was asked for, and have to find its other forms."""

    def __init__(self, instance: Translatable) -> None:
        self.pk = instance.pk
        self._instance = instance
        locale = getattr(instance, "locale_id", None)
        self._codes = [LocaleCodes.code(locale)] if locale else [language.code for language in all_languages()]
        self._has_language = bool(locale)

    def get_search_fields(self) -> list[Any]:
        return [self._of(each) for each in self._instance.get_search_fields()]

    def _of(self, each: Any) -> Any:
        stemmed = copy.copy(each)
        if isinstance(each, RelatedFields):
            stemmed.fields = [self._of(inner) for inner in each.fields]
            stemmed.get_value = lambda _instance: each.get_value(self._instance)
        else:
            completed = isinstance(each, AutocompleteField)
            stemmed.get_value = lambda instance: self._words(
                each.get_value(self._instance if instance is self else instance), completed
            )
        return stemmed

    def _words(self, value: Any, completed: bool) -> str:
        words = folded_words(" ".join(_texts(value)))
        as_typed = completed or not self._has_language
        found = ([word] * as_typed + [stem(word, code) for code in self._codes] for word in words)
        return " ".join(form for forms in found for form in dict.fromkeys(forms))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, list | tuple) or hasattr(value, "values"):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)


class Groups(PlainText):
    """Words, each in the forms that it may have in the index, as it is typed first: of every language, since
    nobody in the admin says in which one they search."""

    def __init__(self, words: list[str], operator: str) -> None:
        super().__init__(" ".join(words), operator=operator)
        codes = [language.code for language in all_languages()]
        self.groups = [list(dict.fromkeys([word, *(stem(word, code) for code in codes)])) for word in words]

    def each(self, either: str, last: str = "{}") -> list[str]:
        """Each word in a database's query language; `last` is the form of the last one as it is typed."""
        quote = "'{}'" if either == "|" else '"{}"'
        quoted = [[quote.format(form) for form in group] for group in self.groups]
        quoted[-1][0] = last.format(quoted[-1][0])
        return [f"({f' {either} '.join(group)})" for group in quoted]


def prepared(query: SearchQuery) -> SearchQuery | None:
    """The same without anything that a database could stumble over; None where no word is left."""
    if isinstance(query, PlainText | Phrase | Fuzzy):
        words = asked_words(query.query_string)
        operator = "or" if getattr(query, "operator", "and").lower() == "or" else "and"
        return Groups(words, operator) if words else None
    if isinstance(query, Boost):
        return prepared(query.subquery)
    if isinstance(query, Not):
        inner = prepared(query.subquery)
        return Not(inner) if inner else None
    if isinstance(query, And | Or):
        inner = [each for each in (prepared(each) for each in query.subqueries) if each]
        return type(query)(inner) if inner else None
    return query if isinstance(query, MatchAll) else None


def title_first(queryset: QuerySet[Any], in_title: Q, score_field: str | None) -> QuerySet[Any]:
    rank = Case(When(in_title, then=Value(2.0)), default=Value(1.0), output_field=FloatField())
    name = score_field or "_rank"
    return queryset.annotate(**{name: rank}).order_by(f"-{name}", "-pk")
