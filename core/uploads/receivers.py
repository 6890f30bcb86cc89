"""Installation of the cleaning field files, forms and receivers.

Wagtail declares the file fields and has no setting for their classes of files, so Django's `FileField.attr_class`
is replaced.
"""

from django.db.models import FileField, Model
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_save, pre_save
from wagtail.documents import get_document_model
from wagtail.users.models import UserProfile

from core.internals.wagtail_admin import AvatarSettingsPanel
from core.internals.wagtail_models import UploadedFile
from core.media.models import SiteImage
from core.metadata.picture_files import AvatarFile, MasterFile
from core.uploads.document_files import DocumentFile, ParkedFile, clean_what_was_stored, keep_what_is_left
from core.uploads.forms import AvatarForm
from core.uploads.replaced import forget_replaced


def connect() -> None:
    """Install the field files for images, documents, profile pictures and uploads, and the form for profile
    pictures, and connect the receivers for images and documents."""
    document_model = get_document_model()
    _store_by(DocumentFile, document_model, "file")
    _store_by(MasterFile, SiteImage, "file")
    _store_by(AvatarFile, UserProfile, "avatar")
    _store_by(ParkedFile, UploadedFile, "file")
    AvatarSettingsPanel.form_class = AvatarForm
    post_save.connect(keep_what_is_left, sender=document_model, dispatch_uid="keep_what_is_left")
    for model in (SiteImage, document_model):
        label = model._meta.label
        pre_save.connect(clean_what_was_stored, sender=model, dispatch_uid=f"clean_stored_{label}")
        post_save.connect(forget_replaced, sender=model, dispatch_uid=f"forget_replaced_{label}")


def _store_by(file_class: type[FieldFile], model: type[Model], name: str) -> None:
    field = model._meta.get_field(name)
    assert isinstance(field, FileField)
    field.attr_class = file_class
