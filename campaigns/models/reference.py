"""The reference snippets that stories, quotes and projects refer to: people, organisations, places, topics,
goals."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaigns.querysets import OrganisationQuerySet
from core.addresses.slugs import ascii_slug
from core.consent.masking import MASK
from core.consent.panels import WithdrawalPanel
from core.consent.withdrawable import WithdrawableSnippet
from core.findings import Finding
from core.languages.site_languages import LocaleCodes, Words
from core.models import TranslatableSnippet
from core.publishing.people import Kind, PublicItem, PublicPlace


class NamedSnippet(TranslatableSnippet):
    """Base of snippets that are known by a name."""

    name = models.CharField(_("name"), max_length=200)

    name_fields: tuple[str, ...] = ("name",)
    panels = [FieldPanel("name")]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(TranslatableSnippet.Meta):
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(WithdrawableSnippet, NamedSnippet):
    """Somebody who is quoted or named with a commitment. When the person withdraws consent, the name is masked."""

    masked_fields = {"name": MASK, "honorific": "", "role": ""}
    word_fields = ("name",)
    taken_offline_when_withdrawn = True
    words_are_name = True

    # Redefined for its verbose name: some languages use different words for a person's name and a thing's name.
    name = models.CharField(_("full name"), max_length=200)
    honorific = models.CharField(_("form of address"), max_length=40, blank=True, help_text=_("Ms., Dr., H.E."))
    role = models.CharField(
        _("current role"),
        max_length=200,
        blank=True,
        help_text=_("Each quote keeps the role at the time of the quote."),
    )
    organisation = models.ForeignKey(
        "campaigns.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Requires consent for this website."),
    )

    name_fields = ()
    panels = [
        WithdrawalPanel(),
        FieldPanel("name"),
        FieldPanel("honorific"),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("photo"),
    ]

    class Meta(NamedSnippet.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def public_items(self) -> list[PublicItem]:
        name = f"{self.honorific} {self.name}".strip()
        words = Words(code=LocaleCodes.code(self.locale_id), text=name)
        return [PublicItem(Kind.NAME, content=name, words=words, source=self, detail=self.role)] if name else []

    def public_places(self) -> list[PublicPlace]:
        return [PublicPlace(gettext("All pages with quotes of this person")), *super().public_places()]

    def __str__(self) -> str:
        if self.name == MASK:
            return gettext("Withdrawn person %(number)s") % {"number": self.pk or ""}
        return super().__str__()

    def publish_findings(self, on: datetime.date) -> list[Finding]:
        if not self.consent_withdrawn:
            return []
        message = gettext("The person has withdrawn all consent.")
        return [Finding("person_withdrawn", message, gettext("Remove the person."))]


class OrganisationKind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    UN = "un", _("United Nations")
    DONOR = "donor", _("Donor")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Organisation(NamedSnippet):
    """A government body, an agency of the United Nations, a donor or a civil society organisation."""

    acronym = models.CharField(_("acronym"), max_length=24, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    url = models.URLField(_("website"), blank=True)

    objects = OrganisationQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("acronym"), FieldPanel("kind"), FieldPanel("url")]
    search_fields = [
        *NamedSnippet.search_fields,
        index.SearchField("acronym"),
        index.AutocompleteField("acronym"),
    ]

    class Meta(NamedSnippet.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Place(NamedSnippet):
    """A place of a dateline. `str()` adds the country if one is set."""

    country = models.CharField(
        _("country"),
        max_length=80,
        blank=True,
        help_text=_("Shown after the place in a dateline. Leave empty for well-known cities."),
    )

    panels = [FieldPanel("name"), FieldPanel("country")]

    class Meta(NamedSnippet.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return f"{self.name}, {self.country}" if self.country else self.name


class Topic(NamedSnippet):
    """A topic by which readers filter the stories. The slug is the same in all languages."""

    slug = models.SlugField(
        _("slug"), max_length=80, blank=True, help_text=_("Used in filters. The same in every language.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug")]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta(NamedSnippet.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="unique_topic_slug")]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self._proposed_slug()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.slug:
            raise ValidationError({"slug": _("Type the slug in Latin letters.")})
        taken = Topic.objects.filter(slug=self.slug).exclude(translation_key=self.translation_key).first()
        if taken:
            message = _("The slug “%(slug)s” is already used by “%(topic)s”. Choose another one.")
            raise ValidationError({"slug": message % {"slug": self.slug, "topic": taken}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self._proposed_slug()
        super().save(*args, **kwargs)

    def _proposed_slug(self) -> str:
        longest = Topic.slug.field.max_length
        assert longest is not None
        return ascii_slug(self.name, longest)


class SDG(NamedSnippet):
    """A Sustainable Development Goal of the United Nations, 1 to 17."""

    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(17)]
    )

    panels = [FieldPanel("number"), FieldPanel("name")]

    class Meta(NamedSnippet.Meta):
        verbose_name = _("sustainable development goal")
        verbose_name_plural = _("sustainable development goals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"
