"""Registration of the snippets in Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from campaigns.admin.viewsets import MaterialViewSetGroup, ReferenceViewSetGroup

register_snippet(MaterialViewSetGroup)
register_snippet(ReferenceViewSetGroup)
