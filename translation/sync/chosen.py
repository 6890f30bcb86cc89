"""Validation of pages, images and documents that a translator chooses in place of the source's."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.blocks import PageChooserBlock
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import OverridableSegment

from core.typed import Translatable
from translation.access.visible import may_see
from translation.sync.in_place import block_at


def check_chosen(segment: OverridableSegment, changed: Translatable, user: User | None) -> None:
    """Raise ValidationError if the page, image or document that `changed` has at the place of the segment may not
    stand there, or if `user` may not use it. Links are not checked here; without `user` no rights are."""
    if isinstance(segment.data, str):
        return
    block, chosen = block_at(segment.context.path, changed)
    if isinstance(chosen, Page):
        check_page(chosen, block, user)
    elif user and isinstance(chosen, models.Model) and not may_see(user, chosen):
        raise ValidationError(_("You do not have permission to use this item. Choose another one."))
    elif isinstance(chosen, AbstractImage | AbstractDocument) and user:
        policy = policy_registry.get_by_type(type(chosen))
        if not policy.user_has_permission_for_instance(user, "choose", chosen):
            raise ValidationError(_("You do not have permission to use this item. Choose another one."))


def check_page(page: Page, block: object, user: User | None) -> None:
    """Raise ValidationError if the block accepts only other kinds of pages, or if readers cannot open the page: it
    is the root, not live or private. The error names the title only if `user` may see the page."""
    page = page.specific
    wanted = tuple(block.target_models) if isinstance(block, PageChooserBlock) else ()
    if wanted and not isinstance(page, wanted):
        raise ValidationError(_("This type of page is not allowed here. Choose another one."))
    if page.is_root() or not page.live or page.get_view_restrictions().exists():
        title = page if user is None or may_see(user, page) else page.pk
        raise ValidationError(_("“%(title)s” is not public. Choose a public page.") % {"title": title})
