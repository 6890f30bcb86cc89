"""Whether a page is sensitive: read by people in danger, so that the helpline is at its top.

The page's own answer counts, otherwise that of its nearest ancestor that has one. A story without an answer is
also sensitive if a campaign is that it is tied to. All languages have one answer: “yes” in any of them is enough,
as a translation may be outdated.
"""

from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from core.internals.django import Combinable
from core.prepared import Prepared, Several
from core.stamps.collecting import unnoted


class Sensitive(models.TextChoices):
    """The answers to whether a page is sensitive; no answer means as the parent page."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class SensitiveMixin(models.Model):
    """A mixin with the setting whether people in danger read a page. `core.sensitivity` decides whether a page is
    sensitive."""

    sensitive = models.CharField(
        _("sensitive"),
        max_length=3,
        choices=[("", _("Same as the parent page")), *Sensitive.choices],
        blank=True,
        default="",
    )

    # Replaces the list of `BasePage`, so it repeats the slug.
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("sensitive", overridable=False),
    ]

    class Meta:
        abstract = True


def is_sensitive(page: Page) -> bool:
    """Return whether a page shows the helpline first (at most one query). What editors have answered on the page
    decides, in any language; without an answer, that on its nearest ancestor with one, and those on pages that it
    is tied to (`sensitive_as`). `page` has to be specific."""
    if getattr(page, "sensitive", "") == Sensitive.YES:
        return True
    above, tied, own = _answers(page)
    return Sensitive.YES in own if own else _inherited(above, tied)


def is_inherited_sensitive(page: Page) -> bool:
    """Return whether a specific page would be sensitive without its own answer (one query)."""
    above, tied, _own = _answers(page)
    return _inherited(above, tied)


def _inherited(above: dict[int, set[str]], tied: set[str]) -> bool:
    return Sensitive.YES in tied or (bool(above) and Sensitive.YES in above[max(above)])


def _answers(page: Page) -> tuple[dict[int, set[str]], set[str], set[str]]:
    """Return the answers, in all languages, of the page's ancestors by depth, of the pages it is tied to
    (`sensitive_as`), and of the page itself; its own answer is taken from memory."""
    # An answer that changes stamps what it counts for. With the tables that are asked, each page would be rendered
    # anew after each change by which rows of these page types are chosen or sorted.
    with unnoted():
        return _read_answers(page)


def _read_answers(page: Page) -> tuple[dict[int, set[str]], set[str], set[str]]:
    paths = [page.path[: n * page.steplen] for n in range(1, page.depth + 1)] if page.path else []
    rows = _prepared_rows(page.__class__).rows(paths=paths, key=page.translation_key)
    above: dict[int, set[str]] = {}
    tied: set[str] = set()
    own = set(filter(None, [getattr(page, "sensitive", "")]))
    for pk, key, depth, answer, stands_above in rows:
        if key == page.translation_key:
            # The page itself may be a preview of a draft, whose answer differs from the stored one.
            own |= {answer} if pk != page.pk else set()
        elif stands_above:
            above.setdefault(depth, set()).add(answer)
        else:
            tied.add(answer)
    return above, tied, own


@cache
def _prepared_rows(kind: type[Page]) -> Prepared:
    """Return the answers of the pages at these tree paths, and of what makes the page of this class with this
    translation key sensitive, in all languages."""

    def build(paths: list[str], key: UUID) -> models.QuerySet[Any]:
        line = Page.objects.filter(Q(path__in=paths) | Q(translation_key=key)).order_by().values("translation_key")
        # As one list of keys: of alternatives PostgreSQL reads all pages.
        keys = line.union(tied) if isinstance(tied := kind.sensitive_as(key), models.QuerySet) else line
        rows = Page.objects.filter(translation_key__in=keys).order_by()
        is_in_line = Case(When(translation_key__in=line, then=True), default=False, output_field=BooleanField())
        rows = rows.annotate(answer=_answer(), is_in_line=is_in_line).exclude(answer="")
        return rows.values_list("pk", "translation_key", "depth", "answer", "is_in_line")

    return Prepared(build, paths=Several(str), key=UUID(int=1))


def _answer() -> Combinable:
    """Return the expression for a page's answer, whichever its type; "" if it has none."""
    return Coalesce(*(F(f"{name}__sensitive") for name in _models()), Value(""))


@cache
def _models() -> tuple[str, ...]:
    """Return the names of the page types that can have an answer, as used in queries on Page."""
    return tuple(str(each._meta.model_name) for each in apps.get_models() if issubclass(each, SensitiveMixin))
