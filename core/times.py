"""Names of time zones for all times in the admin. If a user's time zone differs from the site's, both times are
shown.

Django's date formats print the name of the active time zone (`T`), and the admin activates the zone of the
account. The zones of this module have names that people know; `install` makes the admin use them.
"""

import datetime
import zoneinfo
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from core.internals.wagtail_admin import SpreadsheetExportMixin, localization, wagtailadmin_tags
from core.languages.cldr import comma, long_date, long_datetime, time_of_day, zone_in_words
from core.languages.site_languages import active_code


class NamedZone(zoneinfo.ZoneInfo):
    """A time zone with a name such as “Time of Dushanbe” in the active language. If it is not the site's zone, the
    name includes the site's time: “Time of Berlin; 16:05, Time of Dushanbe”."""

    def tzname(self, moment: datetime.datetime | None) -> str | None:
        """Return the name of the zone at a moment; None for None, like `ZoneInfo`, so that databases use the
        key."""
        return None if moment is None else zone_of(moment, self.key, active_code())


class admin_time_zone(timezone.override):
    """Django's `timezone.override`, which activates a NamedZone if it is given the name of a zone."""

    def __init__(self, zone: str | datetime.tzinfo | None) -> None:
        super().__init__(NamedZone(zone) if isinstance(zone, str) else zone)


def install() -> None:
    """Change Wagtail's admin: it activates named zones, its template tag for times shows the zone, and exports of
    lists have times with their UTC offset."""
    localization.override_tz = admin_time_zone
    formats = dict.fromkeys(SpreadsheetExportMixin.FORMATS, with_offset)
    SpreadsheetExportMixin.custom_value_preprocess[datetime.datetime] = formats
    wagtailadmin_tags.register.simple_tag(timesince_last_update)


def with_offset(moment: datetime.datetime) -> str:
    """Return an aware moment in the site's time zone as 2024-08-16 14:05:00+05:00, a naive one as it is. A text,
    because cells of XLSX have no time zone; in the site's zone, because that of the account is not active any more
    when a CSV is written."""
    zone = timezone.get_default_timezone()
    return timezone.localtime(moment, zone).isoformat(" ", "seconds") if timezone.is_aware(moment) else str(moment)


def timesince_last_update(last_update: datetime.datetime, *args: Any, **kwargs: Any) -> str:
    """Return the text of Wagtail's tag of the same name, with the active time zone after a time of today."""
    words = wagtailadmin_tags.timesince_last_update(last_update, *args, **kwargs)
    local = timezone.localtime(last_update)
    if local.date() != timezone.localdate():
        return words
    clock = f"{local:%H:%M}"
    return words.replace(clock, f"{clock} ({local.tzname()})", 1)


def zone_of(moment: datetime.datetime, key: str, code: str) -> str:
    """Return the name of the zone `key`, in which the moment is given, in the language `code`. If it is not the
    site's zone, add the site's time, with its date if that differs, and the name of its zone."""
    own = zone_in_words(key, code)
    if key == settings.TIME_ZONE:
        return own
    there = moment.astimezone(zoneinfo.ZoneInfo(settings.TIME_ZONE))
    clock = time_of_day(there.time(), code)
    if there.date() != moment.date():
        clock = f"{long_date(there.date(), code)}{comma(code)} {clock}"
    return f"{own}; {clock}{comma(code)} {zone_in_words(settings.TIME_ZONE, code)}"


def in_words(moment: datetime.datetime, code: str = "") -> str:
    """Return an aware moment in words, in the active time zone and the language `code` (the active one by
    default), with the zone: 16 August 2024, 14:05 (Time of Dushanbe)."""
    with translation.override(code or translation.get_language()):
        known, local = code or active_code(), timezone.localtime(moment)
        return f"{long_datetime(moment, known)} ({zone_of(local, str(local.tzinfo), known)})"
