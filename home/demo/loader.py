"""Loader of the demo's content. Objects that exist, or were loaded once and deleted since, are left as they
are."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import TranslatableObject, TranslationSource

from campaigns import models as campaigns
from core.publishing.gate import confirmed
from core.typed import Translatable
from home.models import HomePage
from home.site_root import place_home

from . import content, media
from .content import Piece, is_text
from .helplines import load_helpline
from .indexing import indexed_afterwards
from .references import References, translation_key
from .streams import StreamBuilder
from .translating import translate

# Names of ties in the content files, with the names of the child relations.
TIES = {
    "campaigns": "campaign_ties",
    "projects": "project_ties",
    "partners": "partner_ties",
    "topics": "topic_ties",
    "goals": "sdg_ties",
    "places": "places",
}
# Child relations other than ties.
CHILDREN = ("states",)
# Snippets that an editor may have created before, with the field by which they are recognised.
NATURAL_KEYS = {
    campaigns.Topic: "name",
    campaigns.SDG: "number",
    campaigns.Place: "name",
    campaigns.Organisation: "name",
}


class DemoLoader:
    """Loader of the demo. `say` prints a line of progress."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.references = References()
        self.locales: dict[str, Locale] = {}

    @transaction.atomic
    def load(self) -> None:
        """Create, in one transaction, missing locales, and the missing pages and snippets with their translations,
        all published, with missing media and the helpline. If no page or snippet is missing in the source
        language, create only locales: missing media, helpline or translations alone are not created."""
        for code, _name in settings.LANGUAGES:
            self.locales[code], _created = Locale.objects.get_or_create(language_code=code)
        missing = self._missing([*content.snippets(), *content.pages()])
        if not missing:
            self.say("The demo is already loaded. Nothing was changed.")
            return
        self.say("Loading pictures and files …")
        self.references.images = media.load_images()
        self.references.documents = media.load_documents(missing)
        load_helpline()
        with indexed_afterwards() as made:
            self.say(f"Writing {len(missing)} pages and snippets in {content.SOURCE} …")
            written = self._write(missing)
            made += [instance for _piece, instance in written]
            self.say("Translating them …")
            made += self._translate(written)
            self.say("Indexing them …")
        self.say(f"Loaded {len(made)} pages and snippets, {len(written)} of them in {content.SOURCE}.")

    def _write(self, pieces: list[Piece]) -> list[tuple[Piece, DraftStateMixin]]:
        """Create and publish the objects in the source language, and return them: first all without relations, so
        that they can refer to each other, then their relations and bodies. Pieces that `_make` does not create are
        left out."""
        bare = [(piece, instance) for piece in pieces if (instance := self._make(piece))]
        # Load them again: adding children has changed `numchild` of their parents.
        written: list[tuple[Piece, DraftStateMixin]] = [
            (piece, piece.model._default_manager.get(pk=instance.pk)) for piece, instance in bare
        ]
        for piece, instance in written:
            self._fill(piece, instance)
            with confirmed():
                instance.save_revision().publish()
        return written

    def _translate(self, written: list[tuple[Piece, DraftStateMixin]]) -> list[DraftStateMixin]:
        """Create and publish the translations into the languages that each piece has in full, and return them."""
        targets = []
        for piece, instance in written:
            source, _created = TranslationSource.get_or_create_from_instance(instance)
            for code in piece.languages:
                target = piece.model(
                    translation_key=instance.translation_key,
                    locale=self.locales[code],
                    live=False,
                    **_plain_fields(piece),
                )
                self._place_translation(target, instance)
                translate(piece, source, target, self.locales[code])
                targets.append(target)
        return targets

    def _place_translation(self, target: DraftStateMixin, instance: DraftStateMixin) -> None:
        """Save a translation of `instance` and set its slug; a page goes below the translation of its source's
        parent, a home page beside its source."""
        if not isinstance(target, Page):
            target.save()
        elif isinstance(target, HomePage):
            target.slug = f"{instance.slug}-{target.locale.language_code}"
            instance.get_parent().add_child(instance=target)
        else:
            target.slug = instance.slug
            instance.get_parent().get_translation(target.locale).add_child(instance=target)

    def _missing(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Return the pieces that neither exist nor were loaded before and deleted since. Store in `references` the
        primary keys of those that exist."""
        keys: dict[type[Translatable], list[uuid.UUID]] = {}
        for piece in pieces:
            model = Page if issubclass(piece.model, Page) else piece.model
            keys.setdefault(model, []).append(translation_key(piece))
        for model, wanted in keys.items():
            rows = model._default_manager.filter(translation_key__in=wanted, locale=self.locales[content.SOURCE])
            self.references.pieces |= dict(rows.values_list("translation_key", "pk"))
        once = TranslatableObject.objects.filter(
            translation_key__in=[key for some in keys.values() for key in some]
        )
        known = {*self.references.pieces, *once.values_list("translation_key", flat=True)}
        return [piece for piece in pieces if translation_key(piece) not in known]

    def _make(self, piece: Piece) -> DraftStateMixin | None:
        """Create a draft without relations, and return it; None if an equal object exists or its parent is
        missing. Store in `references` the primary key of the object that is there then."""
        key = translation_key(piece)
        instance = piece.model(
            translation_key=key, locale=self.locales[content.SOURCE], live=False, **_plain_fields(piece)
        )
        found: int | None
        if isinstance(instance, HomePage):
            found = place_home(instance)
        elif issubclass(piece.model, Page):
            found = self._place_page(instance, piece.key)
        else:
            found = self._place_snippet(instance)
        if found:
            self.references.pieces[key] = found
        return instance if found == instance.pk else None

    def _place_page(self, page: Page, path: str) -> int | None:
        """Add the page to the tree, unless its parent has a child with that slug. Return the primary key of the
        page that is there then, or None if the parent does not exist."""
        above, _slash, page.slug = path.rpartition("/")
        parent = Page.objects.filter(pk=self.references.find(Page, above)).first()
        if parent is None:
            return None
        there = parent.get_children().filter(slug=page.slug).first()
        if there is None:
            parent.add_child(instance=page)
        return (there or page).pk

    def _place_snippet(self, instance: DraftStateMixin) -> int:
        """Save the snippet, unless one in its language has the same value of the model's field in NATURAL_KEYS.
        Return the primary key of the snippet that is there then."""
        natural = NATURAL_KEYS.get(type(instance))
        same = {natural: getattr(instance, natural)} if natural else {"pk": None}
        there = type(instance).objects.filter(locale=instance.locale, **same).first()
        if there is None:
            instance.save()
        return (there or instance).pk

    def _fill(self, piece: Piece, instance: DraftStateMixin) -> None:
        """Set relations, bodies and files of an object from the data of its piece, without saving it. Objects that
        they refer to and that are missing are left out."""
        for name, value in piece.data.items():
            if name in TIES:
                self._tie(instance, TIES[name], value)
                continue
            if name in CHILDREN:
                manager = getattr(instance, name)
                manager.add(*(manager.model(sort_order=place, **each) for place, each in enumerate(value)))
                continue
            field = piece.model._meta.get_field(name)
            if isinstance(field, models.ForeignKey):
                setattr(instance, field.attname, self.references.find(_target(field), value))
            elif isinstance(field, StreamField):
                builder = StreamBuilder(str(instance.translation_key), self.references)
                block = field.stream_block
                setattr(instance, name, block.to_python(builder.build(block, value)))
        for code in piece.files:
            document = self.references.documents[f"{instance.slug}.{code}"]
            instance.files.add(instance.files.model(document_id=document, language=code))

    def _tie(self, instance: DraftStateMixin, relation: str, names: list[str]) -> None:
        """Add ties, in the child relation `relation`, to the objects with these names, as far as they exist."""
        manager = getattr(instance, relation)
        (field,) = (
            field
            for field in manager.model._meta.get_fields()
            if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)
        )
        for order, name in enumerate(names):
            if target := self.references.find(_target(field), str(name)):
                manager.add(manager.model(sort_order=order, **{field.attname: target}))


def _target(field: "models.ForeignKey[Any, Any]") -> type[models.Model]:
    """Return the model that a foreign key refers to."""
    model = field.related_model
    assert not isinstance(model, str)  # a name only while the apps are being loaded
    return model


def _plain_fields(piece: Piece) -> dict[str, Any]:
    """Return the values of all fields of a piece that do not refer to other objects and are not stream fields, in
    the source language."""
    fields = {}
    for name, value in piece.data.items():
        if name in TIES or name in CHILDREN:
            continue
        field = piece.model._meta.get_field(name)
        if isinstance(field, models.ForeignKey | StreamField):
            continue
        text = value[content.SOURCE] if is_text(value) else value
        fields[name] = content.to_html(text) if isinstance(field, RichTextField) else text
    return fields
