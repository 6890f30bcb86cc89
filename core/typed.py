"""Types that the libraries do not state. Wagtail ships none, so that to the type checker its classes are Any; and
a mixin of ours does not say to it what it is mixed into. At run time each is what it stands for."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files import File
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.views.generic import FormView, View

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.contrib.auth.models import User
    from wagtail.admin.views.bulk_action import BulkAction
    from wagtail.models import Locale

    class Translatable(models.Model):
        """A page or a snippet: one language of something that has a translation key."""

        pk: int
        translation_key: UUID
        locale: Locale
        locale_id: int
        title: str
        live: bool
        has_unpublished_changes: bool
        first_published_at: datetime | None
        last_published_at: datetime | None
        go_live_at: datetime | None
        expire_at: datetime | None
        latest_revision: Any
        latest_revision_id: int | None
        live_revision: Any
        live_revision_id: int | None
        scheduled_revision: Any
        revisions: Any
        get_latest_revision_as_object: Any
        get_lock: Any
        serializable_data: Any
        save_revision: Any
        get_url: Any

        class Meta:
            abstract = True

    class AdminRequest(HttpRequest):
        """A request of somebody who has logged in, as every view of the admin gets it."""

        user: User

    class ViewMixin(View):
        """The base of mixins for views of the admin."""

        request: AdminRequest

    class BulkActionMixin(BulkAction):
        """The base of mixins for Wagtail's bulk actions."""

        request: AdminRequest

    class FormMixin(ModelForm[Any]):
        """The base of mixins for Wagtail's forms."""

        instance: Any
        for_user: User | None

    TranslatableMixin = Translatable
    AnyFile = File[Any]
    AnyFormView = FormView[Any]
    AnyModelForm = ModelForm[Any]
    UserChoiceField = forms.ModelChoiceField[User]
else:
    Translatable = models.Model
    AdminRequest = HttpRequest
    BulkActionMixin = ViewMixin = FormMixin = TranslatableMixin = object
    AnyFile = File
    AnyFormView = FormView
    AnyModelForm = ModelForm
    UserChoiceField = forms.ModelChoiceField
