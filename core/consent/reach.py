"""What a withdrawal on this site cannot reach, and whom to ask."""

from django.utils.translation import gettext_lazy as _

SEARCH_ENGINES = (
    ("Google", "https://search.google.com/search-console/remove-outdated-content"),
    (_("Google, removal of personal information"), "https://support.google.com/websearch/answer/9673730"),
    ("Bing", "https://www.bing.com/webmasters/tools/contentremoval"),
    (_("Yandex"), "https://webmaster.yandex.com/tools/del-url/"),
    (_("Internet Archive"), "mailto:info@archive.org"),
)
"""Name, and the address at which removal is asked for."""
