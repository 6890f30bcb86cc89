from argparse import ArgumentTypeError
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models

from core.consent.models import Withdrawal
from core.consent.withdrawable import Withdrawable
from core.consent.withdrawals import rehearse, withdraw


class Command(BaseCommand):
    help = (
        "Withdraws the consent for quotes or images in all languages and removes their words from revisions, "
        "translations, logs and the trash. With --noted: for all that have a day of withdrawal but no record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", type=_kind, help="campaigns.quote or core.siteimage")
        parser.add_argument("keys", nargs="*", help="primary keys or translation keys")
        parser.add_argument("--noted", action="store_true", help="all that have a day of withdrawal but no record")
        parser.add_argument("--reason", default="", help="kept in the record; must not repeat the words")
        parser.add_argument("--asked-by", default="", help="for example “the person, by telephone”")
        parser.add_argument("--dry-run", action="store_true", help="only list what would be removed")

    def handle(self, *args: Any, kind: type[Withdrawable], keys: list[str], **options: Any) -> None:
        if bool(keys) == options["noted"]:
            raise CommandError("Give keys, or --noted.")
        if not options["dry_run"] and not options["reason"].strip():
            raise CommandError("Give a --reason.")
        for instance in _noted(kind) if options["noted"] else [_found(kind, key) for key in keys]:
            self._withdraw(instance, options)

    def _withdraw(self, instance: Withdrawable, options: dict[str, Any]) -> None:
        name = f"{instance._meta.verbose_name} {instance.pk}"
        if Withdrawal.objects.in_force().of(instance).exists():
            self.stdout.write(f"{name}: already withdrawn")
            return
        if options["dry_run"]:
            removed, verb = rehearse(instance), "would be withdrawn"
        else:
            try:
                removed = withdraw(instance, None, options["reason"], options["asked_by"]).removed
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            verb = "withdrawn"
        places = ", ".join(f"{label}: {count}" for label, count in removed.items())
        self.stdout.write(f"{name}: {verb}. {places}")


def _kind(label: str) -> type[Withdrawable]:
    """Return the model with this label. Raise ArgumentTypeError if it is unknown or has no consent."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise ArgumentTypeError(f"unknown: {label}") from error
    if not issubclass(model, Withdrawable):
        raise ArgumentTypeError(f"{label} has no consent")
    return model


def _found(kind: type[Withdrawable], key: str) -> Withdrawable:
    """Return the object with this translation key, in its oldest language, or with this primary key. Raise
    CommandError if there is none."""
    by_key: dict[str, UUID | int | str]
    try:
        by_key = {"translation_key": UUID(key)} if hasattr(kind, "translation_key") else {"pk": int(key)}
    except ValueError:
        by_key = {"pk": key}
    try:
        found = kind._base_manager.filter(**by_key).order_by("pk").first()
    except ValueError as error:
        raise CommandError(f"Not a valid key: {key}") from error
    if found is None:
        raise CommandError(f"There is no {kind._meta.verbose_name} {key}.")
    return found


def _noted(kind: type[Withdrawable]) -> list[Withdrawable]:
    """Return one row, the newest, of each object with a day of withdrawal, in whatever language."""
    rows: models.QuerySet[Any] = kind._base_manager.filter(consent_withdrawn__isnull=False).order_by("pk")
    return list({row.withdrawal_key: row for row in rows}.values())
