"""Where the cleaning is put in place. Wagtail declares the fields of its models and knows no setting for their
files: `attr_class` is Django's own name for the class that stores them."""

from django.db.models.signals import post_save, pre_save
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.documents import get_document_model
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from core.metadata.document_files import (
    DocumentFile,
    ParkedFile,
    clean_what_was_stored,
    keep_what_is_left,
)
from core.metadata.forms import AvatarForm
from core.metadata.picture_files import AvatarFile, MasterFile
from core.metadata.replaced import forget_replaced
from core.models import SiteImage


def connect() -> None:
    document_model = get_document_model()
    document_model._meta.get_field("file").attr_class = DocumentFile
    SiteImage._meta.get_field("file").attr_class = MasterFile
    UserProfile._meta.get_field("avatar").attr_class = AvatarFile
    UploadedFile._meta.get_field("file").attr_class = ParkedFile
    AvatarSettingsPanel.form_class = AvatarForm
    post_save.connect(keep_what_is_left, sender=document_model, dispatch_uid="keep_what_is_left")
    for model in (SiteImage, document_model):
        label = model._meta.label
        pre_save.connect(clean_what_was_stored, sender=model, dispatch_uid=f"clean_stored_{label}")
        post_save.connect(forget_replaced, sender=model, dispatch_uid=f"forget_replaced_{label}")
