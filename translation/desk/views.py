"""The screen of the desk, and the history of a unit."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import PreviewableMixin
from wagtail_localize.models import StringSegment, Translation

from core.internals.wagtail_admin import WagtailAdminTemplateMixin
from core.languages.bidi import embedded
from core.languages.site_languages import Language, language
from core.models import SiteImage
from core.references.files import images_of
from core.typed import AdminRequest, Translatable
from translation.access.queries import may_review, may_translate
from translation.access.visible import visible
from translation.alt_texts.texts import pictures_among
from translation.campaign_contents.belonging import portion_of
from translation.campaign_contents.portions import portion_number
from translation.campaign_contents.seen_by_readers import image_key
from translation.campaign_contents.to_translate import originals_of
from translation.desk import access, helps
from translation.desk.belonging import Belonging, belonging_to, model_of
from translation.desk.elsewhere import offer
from translation.desk.history import compared, take_again, versions_of
from translation.desk.presence import others_at
from translation.desk.saving import Conflict, lock_message, save_alt_text, save_text
from translation.desk.units import (
    DeskUnit,
    Section,
    State,
    counts,
    pictures_section,
    sections_of,
    stamp_of,
    unit_of,
)
from translation.desk.wording import editable, stored
from translation.machine.suggest import machine_for, reason_against
from translation.models import Assignment, MachineSettings, Review, ReviewStatus, SegmentComment
from translation.notices.events import AT_THE_DESK, see
from translation.notices.people import name_of
from translation.review.decide import may_decide
from translation.review.editor_panel import EditorPanel
from translation.review.overrides import rows_now
from translation.sending.rules import may_send
from translation.units.four_eyes import hashes_of
from translation.units.segments import target_of

FILTERS = ("all", State.MISSING, State.STALE, State.NEEDS_REVIEW, "finding")


def desk_url(key: UUID, code: str, chosen: str = "", part: int = 1) -> str:
    """Return the URL of the desk of an object in a language, with a filter, and a portion of what belongs to it,
    if these are given."""
    url = reverse("translation_desk:desk", args=[key, code])
    asked: dict[str, object] = {"show": chosen} if chosen and chosen != "all" else {}
    if part > 1:
        asked["part"] = part
    return f"{url}?{urlencode(asked)}" if asked else url


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """The screen of the desk. POST saves one unit and comes back to it, for browsers without scripts."""

    request: AdminRequest
    header_icon = "globe"
    template_name = "admin/translation/desk/desk.html"

    @property
    def part(self) -> int:
        """The number of the portion of what belongs to the object that is shown."""
        return portion_number(self.request.GET.get("part"))

    @cached_property
    def _found(self) -> tuple[list[Translation], bool]:
        return access.translations_at(self.kwargs["key"], self.kwargs["code"], self.request.user, self.part)

    @property
    def translations(self) -> list[Translation]:
        """The translation of the object, and after it those of what may belong to it, in this portion."""
        return self._found[0]

    @property
    def translation(self) -> Translation:
        return self.translations[0]

    @cached_property
    def instances(self) -> tuple[Translatable | None, Translatable | None]:
        """The object in its source language and in the target language (one query)."""
        translation = self.translation
        source, locale_id = translation.source, translation.target_locale_id
        rows = model_of(translation)._base_manager.filter(
            translation_key=source.object_id, locale_id__in=[source.locale_id, locale_id]
        )
        found = {row.locale_id: row for row in rows}
        return found.get(source.locale_id), found.get(locale_id)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            translation = self.translation
        except Http404:
            return redirect(self._edit_url())
        if not access.may_open(self.request.user, translation, self.instances[1]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def _edit_url(self) -> str:
        """Return the URL of the edit view of an object that follows no source: of a source, a stopped translation,
        or one made by hand. Raise Http404 if the user may not open it, or if there is none."""
        for row in originals_of([self.kwargs["key"]]):
            rows = type(row)._base_manager.filter(translation_key=row.translation_key)
            target = rows.filter(locale__language_code=self.kwargs["code"]).first()
            if target and (url := AdminURLFinder(self.request.user).get_edit_url(target)):
                return str(url)
        raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        keys = [each.source.object_id for each in self._having("notices")]
        units = (unit for section in self.sections for unit in section.units if unit.state == State.STALE)
        keys += [image_key(unit.picture.pk) for unit in units if unit.picture]
        see(self.request.user, keys, self.translation.target_locale_id, AT_THE_DESK)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.translation.source.object_repr)

    def get_page_subtitle(self) -> str:
        return str(self.translation.target_locale.get_display_name())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        board = {"url": reverse("translation_board:index"), "label": _("Translation")}
        here = {"url": "", "label": f"{embedded(self.get_page_title())} ({embedded(self.get_page_subtitle())})"}
        return [*self.breadcrumbs_items, board, here]

    @cached_property
    def language(self) -> Language:
        return language(self.translation.target_locale.language_code)

    @cached_property
    def source_language(self) -> Language:
        return language(self.translation.source.locale.language_code)

    @cached_property
    def sections(self) -> list[Section]:
        belonging = belonging_to(self.translation, self.translations)
        sections = sections_of(self.translation, belonging)
        if self.may_write:
            _offer_machine(sections, [self.instances[0], *(each.instance for each in belonging)])
        if pictures := self._pictures(belonging):
            sections.append(pictures)
        return sections

    def _having(self, what: str) -> list[Translation]:
        """Return the translations on the screen of which there is something to show: `access.translations_at`."""
        known = [section.translation for section in self.sections if section.translation]
        return [each for each in known if getattr(each, f"has_{what}")]

    def _complete(self) -> None:
        """Tell the sections what is in review, and the units who works on them and what was said about them."""
        comments = self._comments()
        others = others_at([each.pk for each in self._having("others")], self.request.user)
        for section in self.sections:
            if section.translation:
                key = section.translation.source.object_id
                review = self._reviews.get(key)
                if review and review.status == ReviewStatus.WAITING:
                    section.show_review({hashes_of(each): editable(each["text"]) for each in review.wordings})
                section.url = desk_url(key, self.kwargs["code"])
            for unit in section.units:
                unit.present = others.get(unit.id, [])
                if unit.id == self.request.GET.get("saved"):
                    self._show_findings(section, [unit])
                if section.translation and unit.text and unit.id == self.request.GET.get("saved"):
                    segment = access.segment_of(section.translation, unit.segment)
                    unit.elsewhere = offer(self.request, section.translation, segment)
                if section.translation:
                    unit.comments = comments[section.translation.source.object_id, *unit.place]

    def _show_overrides(self) -> None:
        """Tell the sections which links, images and other values are the translation's own."""
        having = self._having("overrides")
        for section in self.sections:
            translation = section.translation
            if translation and translation in having:
                section.overrides = rows_now(translation, model_of(translation))
                target = target_of(translation)
                section.strings_url = (target and AdminURLFinder(self.request.user).get_edit_url(target)) or ""

    def _pictures(self, belonging: list[Belonging]) -> Section | None:
        source = self.instances[0]
        if source is None:
            return None
        # Of what belongs to a page, only people have a picture of their own.
        photos = {pk for each in belonging if (pk := getattr(each.instance, "photo_id", None))}
        locale = self.translation.target_locale
        pictures = pictures_among(images_of(source) | photos, locale)
        return (
            pictures_section(pictures, locale, self.source_language, str(self.translation.pk))
            if pictures
            else None
        )

    @cached_property
    def _reviews(self) -> dict[UUID, Review]:
        """The last review of the object, and those that wait for what belongs to it, by translation key."""
        own, locale_id = self.translation.source.object_id, self.translation.target_locale_id
        keys = [each.source.object_id for each in self._having("reviews")]
        of_language = Review.objects.filter(locale_id=locale_id, object_key__in=keys)
        last = Subquery(of_language.filter(object_key=own).order_by("-pk").values("pk")[:1])
        found = of_language.filter(Q(status=ReviewStatus.WAITING) | Q(pk=last)).order_by("pk")
        rows = found.select_related("submitted_by", "decided_by", "locale").defer("overrides")
        return {review.object_key: review for review in rows}

    def _comments(self) -> dict[tuple[object, ...], list[SegmentComment]]:
        """Return the comments that are not resolved, with their answers, by translation key and the hashes that
        name the unit."""
        keys = [each.source.object_id for each in self._having("comments")]
        found: dict[tuple[object, ...], list[SegmentComment]] = defaultdict(list)
        rows = SegmentComment.objects.filter(
            object_key__in=keys, locale_id=self.translation.target_locale_id, resolved_at=None, parent=None
        )
        for row in rows.select_related("author").prefetch_related("answers__author"):
            found[row.object_key, str(row.path_id), str(row.string_hash)].append(row)
        return found

    @property
    def may_write(self) -> bool:
        return may_translate(self.request.user, self.translation.target_locale_id)

    @cached_property
    def chosen(self) -> str:
        wanted = self.request.GET.get("show", "all")
        return wanted if wanted in FILTERS else "all"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = self.instances[1]
        locked = lock_message(self.request.user, target) if target and self.may_write else ""
        numbers = counts(self.sections)
        self._complete()
        if self.chosen == "all":
            self._show_overrides()
        translations = [section.translation for section in self.sections if section.translation]
        review = self._review()
        sections = [self._filtered(section) for section in self.sections]
        images = [unit.picture for section in sections for unit in section.units if unit.picture]
        return {
            **super().get_context_data(**kwargs),
            "translation": self.translation,
            "target": target,
            "sections": [
                section for section in sections if section.units or section.id == f"o{self.translation.pk}"
            ],
            "language": self.language,
            "source_language": self.source_language,
            "filters": self._filters(numbers),
            "chosen": self.chosen,
            "open": sum(numbers[state] for state in (State.MISSING, State.STALE, State.NEEDS_REVIEW)),
            "may_write": self.may_write and not locked,
            "locked": locked,
            "strings_url": AdminURLFinder(self.request.user).get_edit_url(target) if target else "",
            "previewable": isinstance(target, PreviewableMixin) and target.is_previewable(),
            "review": review,
            "assigned": self._assigned(),
            "translations": ",".join(str(each.pk) for each in translations),
            "seen": stamp_of((each.source.last_updated_at for each in translations), images),
            "part": self.part,
            "here": desk_url(self.kwargs["key"], self.kwargs["code"], self.chosen, self.part),
            "parts": self._parts(),
            "failed": kwargs.get("failed"),
        }

    def _parts(self) -> dict[str, Any] | None:
        """Return the URLs of the portions before and after this one, empty where there is none, and which of the
        objects this one has; None if there is only one."""
        part, has_more = self.part, self._found[1]
        if part == 1 and not has_more:
            return None
        key, code = self.kwargs["key"], self.kwargs["code"]
        first = max(portion_of(part).start, 1)
        return {
            "first": first,
            "last": first + len(self.translations) - 2,
            "previous": desk_url(key, code, self.chosen, part - 1) if part > 1 else "",
            "next": desk_url(key, code, self.chosen, part + 1) if has_more else "",
        }

    def _review(self) -> dict[str, Any]:
        """Return the last review of the object, and what the user may do about it."""
        last = self._reviews.get(self.translation.source.object_id)
        waits = bool(last and last.status == ReviewStatus.WAITING)
        return {
            "last": last,
            "waits": waits,
            "refused": bool(last and last.status == ReviewStatus.REFUSED),
            "may_submit": self.may_write and (self._others_are_new() or (not waits and self._is_new())),
            "may_decide": bool(last and waits and may_decide(self.request.user, last)),
            "may_read": self.may_write or may_review(self.request.user, self.translation.target_locale_id),
        }

    def _assigned(self) -> dict[str, Any] | None:
        """Return to whom the object is assigned, and the URL where that is changed; None for users who may not."""
        source, user = self.instances[0], self.request.user
        if source is None or not may_send(user, source):
            return None
        key, locale_id = source.translation_key, self.translation.target_locale_id
        row = Assignment.objects.filter(object_key=key, locale=locale_id).select_related("person").first()
        asked = urlencode({"item": f"{key}:{locale_id}", "next": self.request.get_full_path()})
        person = name_of(row.person) if row and row.person else ""
        return {
            "person": person,
            "due": row and row.due,
            "url": f"{reverse('translation_sending:assign')}?{asked}",
        }

    def _others_are_new(self) -> bool:
        """Return whether what belongs to the object has a text to submit with it. To be asked after
        `_complete`."""
        return any(
            unit.state == State.TRANSLATED and not unit.is_waiting
            for section in self.sections[1:]
            if not section.in_review
            for unit in section.units
        )

    def _is_new(self) -> bool:
        """Return whether there is something to submit: a text that is not approved, or another source."""
        if any(unit.state != State.APPROVED for unit in self.sections[0].units):
            return True
        target = self.instances[1]
        panel = EditorPanel(self.translation, target, self.request.user) if target else None
        return bool(panel and any(action.posts for action in panel.actions))

    def _filters(self, numbers: dict[str, int]) -> list[dict[str, Any]]:
        labels = {"all": _("All"), "finding": _("With findings")}
        key, code = self.kwargs["key"], self.kwargs["code"]
        return [
            {
                "name": name,
                "label": labels.get(name) or State(name).label,
                "count": numbers.get(name),
                "url": desk_url(key, code, name, self.part),
                "is_chosen": name == self.chosen,
            }
            for name in FILTERS
        ]

    def _filtered(self, section: Section) -> Section:
        if self.chosen == "all":
            return section
        if self.chosen == "finding":
            self._show_findings(section, section.units)
            section.units = [unit for unit in section.units if unit.findings or unit.fault or unit.elsewhere]
        else:
            # A unit that was saved just now stays for what there is to say about it.
            section.units = [
                unit for unit in section.units if unit.state == self.chosen or unit.elsewhere or unit.findings
            ]
        return section

    def _show_findings(self, section: Section, units: list[DeskUnit]) -> None:
        """Tell these units of a section what the checks find in their texts."""
        if section.translation:
            texts = {unit.segment: stored(unit.text) for unit in units}
            found = helps.remarks_on(section.translation, texts)
        else:
            pictures = ((unit.picture, unit.text) for unit in units if unit.picture)
            found = helps.remarks_on_pictures(pictures, self.translation.target_locale_id)
        for unit in units:
            unit.findings = found.get(unit.picture.pk if unit.picture else unit.segment, [])

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        """Save the unit that the form names. A text that cannot be saved is shown again with the reason."""
        if not self.may_write:
            raise PermissionDenied
        unit, text = request.POST.get("unit", ""), request.POST.get("text", "")
        if self.instances[1] and (locked := lock_message(request.user, self.instances[1])):
            raise PermissionDenied(locked)
        try:
            self._saver(unit)(text, request.POST.get("version", ""), request.user)
        except Conflict as conflict:
            failed = {"unit": unit, "text": text, "why": str(conflict), "theirs": conflict.text}
            return self.render_to_response(self.get_context_data(failed=failed), status=409)
        except ValidationError as error:
            failed = {"unit": unit, "text": text, "why": " ".join(error.messages)}
            return self.render_to_response(self.get_context_data(failed=failed), status=422)
        messages.success(request, _("Saved."))
        asked = urlencode({"show": self.chosen, "part": self.part, "saved": unit})
        return redirect(f"{desk_url(kwargs['key'], kwargs['code'])}?{asked}#{unit}")

    def _saver(self, unit: str) -> "partial[Any]":
        """Return the function that saves a unit of this language, given by its id on the screen. Raise Http404 if
        there is none."""
        kind, first, second = unit[:1], *(*unit[1:].split("-"), "")[:2]
        if kind == "s" and first.isdecimal() and second.isdecimal():
            translation = access.translation_to_write(self.request.user, int(first))
            return partial(save_text, translation, access.segment_of(translation, int(second)))
        if kind == "i" and first.isdecimal():
            seen = visible(SiteImage.objects.all(), self.request.user)
            return partial(save_alt_text, get_object_or_404(seen, pk=int(first)), self.translation.target_locale)
        raise Http404


def _offer_machine(sections: Iterable[Section], sources: Iterable[Translatable | None]) -> None:
    """Tell the sections of these sources which machine translator may be asked for the texts that they lack (no
    query, one if the site has a machine translator)."""
    machine: Any = None
    allowed: MachineSettings | None = None
    for section, source in zip(sections, sources, strict=True):
        if source is None or not any(unit.state == State.MISSING for unit in section.units):
            continue
        assert section.translation is not None  # of objects
        machine = machine or machine_for(section.translation)
        if machine is None:
            return
        allowed = allowed or MachineSettings.objects.first() or MachineSettings()
        if not reason_against(source, allowed):
            section.machine = str(machine.display_name)


class HistoryView(WagtailAdminTemplateMixin, TemplateView):
    """The history of a unit: its texts, the difference between two of them. POST takes an earlier text again."""

    request: AdminRequest
    header_icon = "history"
    template_name = "admin/translation/desk/history.html"

    @cached_property
    def translation(self) -> Translation:
        return access.translation_to_read(self.request.user, self.kwargs["translation_id"])

    @cached_property
    def segment(self) -> StringSegment:
        return access.segment_of(self.translation, self.kwargs["string_segment_id"])

    def get_page_title(self) -> str:
        return _("History of a string")

    @property
    def desk(self) -> str:
        return desk_url(self.translation.source.object_id, self.translation.target_locale.language_code)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        board = {"url": reverse("translation_board:index"), "label": _("Translation")}
        desk = {"url": self.desk, "label": str(self.translation.source.object_repr)}
        return [*self.breadcrumbs_items, board, desk, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = versions_of(self.translation, self.segment)
        asked = self.request.GET
        older = asked.get("older", versions[1].id if len(versions) > 1 else "")
        newer = asked.get("newer", versions[0].id if versions else "")
        return {
            **super().get_context_data(**kwargs),
            "versions": versions,
            "older": older,
            "newer": newer,
            "change": compared(versions, older, newer, self.segment.string.data),
            "unit": unit_of(self.translation, self.segment),
            "desk_url": self.desk,
            "language": language(self.translation.target_locale.language_code),
            "source_language": language(self.translation.source.locale.language_code),
            "may_write": may_translate(self.request.user, self.translation.target_locale_id),
        }

    def post(self, request: AdminRequest, **kwargs: Any) -> HttpResponse:
        translation = access.translation_to_write(request.user, kwargs["translation_id"])
        known = {each.id: each for each in versions_of(translation, self.segment)}
        version = known.get(request.POST.get("version", ""))
        if version is None:
            raise Http404
        try:
            take_again(translation, self.segment, version, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.path)
        messages.success(request, _("Saved."))
        return redirect(f"{self.desk}#s{translation.pk}-{self.segment.pk}")
