"""Parts that the backends of both databases share: stemming of indexed objects and of queries."""

import copy
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, FloatField, Model, Q, QuerySet, Value, When
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from wagtail.search.index import AutocompleteField, Indexed, RelatedFields

from core.languages.site_languages import LocaleCodes, all_languages
from core.languages.stems import stem
from search.words import asked_words, folded_words


def mark(model: type[Model]) -> str:
    """Return what each word of a model's objects begins with in the index, the same for all kinds of page. So the
    database finds a word in the objects of this model without reading those of others. It has no digits: the word
    after it may begin with one."""
    root = [model, *model._meta.get_parent_list()][-1]
    number = ContentType.objects.get_for_model(root).pk
    return "".join("abcdefghij"[int(digit)] for digit in str(number)) + "z"


class Stemmed:
    """Proxy of an object for indexing, with the same search fields but stemmed values: in the object's language,
    or in every language if it has none. Fields for completion, and objects without a language, contain the
    unstemmed words as well, because lists of the admin complete what is typed and also find its other forms. All
    words begin with the mark of the object's model."""

    def __init__(self, instance: Indexed) -> None:
        self.pk = instance.pk
        self._mark = mark(type(instance))
        self._instance = instance
        locale = getattr(instance, "locale_id", None)
        self._codes = [LocaleCodes.code(locale)] if locale else [language.code for language in all_languages()]
        self._has_language = bool(locale)

    def get_search_fields(self) -> list[Any]:
        """Return copies of the object's search fields, also of related ones, with stemmed values."""
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
        return " ".join(f"{self._mark}{form}" for forms in found for form in dict.fromkeys(forms))


def _texts(value: Any) -> Iterable[str]:
    """Yield the strings in the value of a search field, which may be nested."""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, list | tuple) or hasattr(value, "values"):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)


class Groups(PlainText):
    """Query for words of a model's objects, each in all forms that it may have in the index: first as it is typed,
    then its stem in every language, because a search in the admin has no language."""

    def __init__(self, words: list[str], operator: str, model: type[Model]) -> None:
        super().__init__(" ".join(words), operator=operator)
        codes, begin = [language.code for language in all_languages()], mark(model)
        forms = ([word, *(stem(word, code) for code in codes)] for word in words)
        self.groups = [[f"{begin}{form}" for form in dict.fromkeys(each)] for each in forms]

    def each(self, either: str, last: str = "{}") -> list[str]:
        """Return each word, with all its forms, as an expression of a database's query language. `either` is the
        operator between the forms, `last` the format of the last word as it is typed."""
        quote = "'{}'" if either == "|" else '"{}"'
        quoted = [[quote.format(form) for form in group] for group in self.groups]
        quoted[-1][0] = last.format(quoted[-1][0])
        return [f"({f' {either} '.join(group)})" for group in quoted]


def prepared(query: SearchQuery, model: type[Model]) -> SearchQuery | None:
    """Return the query with `Groups` for the model in place of its texts, and without phrases, fuzziness and
    boosts, which become plain words. Return None if no word is left."""
    if isinstance(query, PlainText | Phrase | Fuzzy):
        words = asked_words(query.query_string)
        operator = "or" if getattr(query, "operator", "and").lower() == "or" else "and"
        return Groups(words, operator, model) if words else None
    if isinstance(query, Boost):
        return prepared(query.subquery, model)
    if isinstance(query, Not):
        inner = prepared(query.subquery, model)
        return Not(inner) if inner else None
    if isinstance(query, And | Or):
        inner = [each for each in (prepared(each, model) for each in query.subqueries) if each]
        return type(query)(inner) if inner else None
    return query if isinstance(query, MatchAll) else None


def title_first(queryset: QuerySet[Any], in_title: Q, score_field: str | None) -> QuerySet[Any]:
    """Return the rows with those that meet the condition `in_title` first, each group newest first. `score_field`
    names the annotation with the score, 2 or 1; "_rank" by default."""
    rank = Case(When(in_title, then=Value(2.0)), default=Value(1.0), output_field=FloatField())
    name = score_field or "_rank"
    return queryset.annotate(**{name: rank}).order_by(f"-{name}", "-pk")
