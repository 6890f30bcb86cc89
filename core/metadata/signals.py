"""Where the cleaning is put in place. Wagtail declares the fields of its models and knows no setting for their
files: `attr_class` is Django's own name for the class that stores them."""

from django.db.models.signals import post_save
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from core.metadata.forms import AvatarForm
from core.metadata.picture_files import AvatarFile, MasterFile, ParkedFile
from core.metadata.replaced import forget_replaced
from core.models import SiteImage


def connect() -> None:
    SiteImage._meta.get_field("file").attr_class = MasterFile
    UserProfile._meta.get_field("avatar").attr_class = AvatarFile
    UploadedFile._meta.get_field("file").attr_class = ParkedFile
    AvatarSettingsPanel.form_class = AvatarForm
    post_save.connect(forget_replaced, sender=SiteImage, dispatch_uid="forget_replaced_image")
