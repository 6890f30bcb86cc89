"""Messages of refused files that several formats share."""

from django.utils.translation import gettext_lazy as _

NO_IDS = _(
    "The file does not say which translation it belongs to. Export it here and keep its header and IDs unchanged."
)
NO_STRINGS = _("The file contains no strings.")
NOTHING_TO_EXPORT = _("There is nothing to export: what you have chosen has no strings.")
NOTHING_TRANSLATED = _("There is nothing to export: TMX holds translated strings, and none is translated yet.")
DAMAGED = _("The file is damaged or incomplete. Export or upload it again.")
ENCODING = _("The file is not in UTF-8. Save it as UTF-8 and upload it again.")
DOCTYPE = _("The file defines entities or refers to other files, which is not allowed here.")
