"""Form fields that clean what is uploaded, so that the form can say what is wrong with it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images.fields import WagtailImageField

from core.metadata.picture_files import as_master
from core.metadata.pictures import Master


class PictureField(WagtailImageField):
    """Says what is wrong with a picture and hands on its master, which is made once."""

    def to_python(self, data: File | None) -> Master | None:
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        return as_master(file)


class AvatarForm(AvatarPreferencesForm):
    avatar = PictureField(label=_("Upload a profile picture"), required=False)

    def clean_avatar(self) -> File:
        """A picture at most 400 pixels wide and high, as Wagtail makes it. Raises ValidationError."""
        try:
            return super().clean_avatar()
        except OSError as error:
            raise ValidationError(_("The picture cannot be read.")) from error
