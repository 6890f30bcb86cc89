"""Search engines and archives, which keep copies that a withdrawal on this site cannot remove."""

from django.utils.translation import gettext_lazy as _

SEARCH_ENGINES = (
    ("Google", "https://search.google.com/search-console/remove-outdated-content"),
    (_("Google, removal of personal information"), "https://support.google.com/websearch/answer/9673730"),
    ("Bing", "https://www.bing.com/webmasters/tools/contentremoval"),
    (_("Yandex"), "https://webmaster.yandex.com/tools/del-url/"),
    (_("Internet Archive"), "mailto:info@archive.org"),
)
"""Pairs of a name and the address at which to ask for removal."""
