from django.db.models.signals import post_save, pre_delete
from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation, Translation

from translation import carry, memory
from translation.overrides import check_stored


def fill_new_segment(instance: StringSegment, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw:
        memory.fill_segment(instance)


def fill_new_translation(instance: Translation, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw:
        memory.fill(instance)


def check_override(instance: SegmentOverride, raw: bool = False, update_fields=None, **kwargs) -> None:
    if not raw and not update_fields:
        check_stored(instance)


def connect() -> None:
    pre_delete.connect(carry.before_segments_go, sender=StringSegment, dispatch_uid="carry_wordings")
    post_save.connect(carry.after_wording_saved, sender=StringTranslation, dispatch_uid="clear_stale_mark")
    post_save.connect(fill_new_segment, sender=StringSegment, dispatch_uid="fill_new_segment")
    post_save.connect(fill_new_translation, sender=Translation, dispatch_uid="fill_new_translation")
    post_save.connect(check_override, sender=SegmentOverride, dispatch_uid="check_override")
