"""Messages of refused files that several formats share."""

from django.utils.translation import gettext_lazy as _

NO_IDS = _(
    "The file does not say which translation it belongs to. Export it here, and keep its header and its ids as "
    "they are."
)
DAMAGED = _("The file is damaged or has been cut off. Export it again, or send it again.")
ENCODING = _("The file is not in UTF-8. Save it as UTF-8 and send it again.")
DOCTYPE = _("The file defines entities or refers to other files, which is not allowed here.")
