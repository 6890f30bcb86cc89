"""Who may open what in the admin.

A row is an address (`*` stands for anything), another method than GET before it, and who may
open it. A new address needs a row: whoever adds one says here who it is for. Arguments that `tests.admin_urls`
does not know are added there.

    A nobody logged in   E Editor   P Publisher   V Reviewer   R Translator ru   T Translator tg   S superuser
    o the translator of the object's language: R on what is in Russian, T on what is in Tajik

After “/” stands who may open it on a Russian page or quote that is in review; “-” before it: only such a one is
tried. The first row that fits holds.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

GROUPS = {"E": "Editor", "P": "Publisher", "V": "Reviewer", "R": "Translator ru", "T": "Translator tg"}
OWN = {"ru": "R", "tg": "T"}
# Where the language of the object decides.
BY_LANGUAGE = (
    "wagtailadmin_explore*",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_pages:*",
    "wagtailadmin_api:pages:*",
    "wagtailsnippets_*",
    "publishing_checks",
    "wagtail_localize:*",
    "translation_localize:*",
    "translation_review:submit",
    "translation_checks:waive",
    "translation_desk:fill",
    "translation_desk:findings",
    "translation_desk:helps",
    "translation_desk:history",
    "translation_desk:ping",
    "translation_desk:preview",
    "translation_desk:save",
)

TABLE = """
wagtailadmin_home                                   EPVRTS
wagtailadmin_account                                EPVRTS
wagtailadmin_login                                  AEPVRTS
POST wagtailadmin_logout                            EPVRTS
wagtailadmin_password_reset*                        AEPVRTS
wagtailadmin_javascript_catalog                     AEPVRTS
reset_second_factor                                 S
POST second_factor:leave                            EPVRTS
POST second_factor:*passkey                         .
second_factor:*                                     EPVRTS
wagtailadmin_sprite                                 AEPVRTS
wagtailadmin_error_test                             EPVS
PATCH wagtailadmin_dismissibles                     EPVRTS
POST wagtailadmin_editing_sessions:ping             EPSo
POST wagtailadmin_editing_sessions:release          EPVRTS
wagtailadmin_block_preview                          .
wagtailadmin_tag_autocomplete                       EPVS
wagtailadmin_tag_model_autocomplete                 .

wagtailadmin_api:pages:listing                      EPVRTS
wagtailadmin_api:pages:find                         .
wagtailadmin_api:pages:detail                       EPVSo
wagtailadmin_api:*:listing                          EPVRTS
wagtailadmin_api:*:detail                           EPVRTS
wagtailadmin_api:*:find                             .
POST wagtailadmin_api:pages:action                  .

delete_*                                            EPS
POST edit_image                                     EPS
trash:*                                             PS
site_status                                         S
audit_log:*                                         S
copied_parts                                        EPS
confirm_public                                      PS
publishing_checks                                   EPSo / EPVRS
editing_session                                     EPVRTS
editing_times                                       EPVRTS
consent:list                                        EPS
consent:record                                      EPS
consent:undo                                        PS
consent:withdraw                                    EPS
quoted_passages                                     EPS
POST quoted_passages                                .

wagtailadmin_explore_root                           EPVRTS
wagtailadmin_explore*                               EPVSo
wagtailadmin_choose_page*                           EPVRTS
wagtailadmin_pages:search*                          EPVRTS
wagtailadmin_pages:type_use*                        EPVS
wagtailadmin_pages:edit                             EPSo / EPVRS
POST wagtailadmin_pages:edit                        EPSo / EPRS
POST wagtailadmin_pages:add                         EPS
wagtailadmin_pages:add_subpage                      EPS
wagtailadmin_pages:choose_parent                    EPVS
wagtailadmin_pages:preview_on_add                   EPS
wagtailadmin_pages:preview_on_edit                  EPSo / EPRS
wagtailadmin_pages:view_draft                       EPSo / EPVRS
wagtailadmin_pages:usage                            EPSo / EPRS
wagtailadmin_pages:history*                         EPSo / EPRS
wagtailadmin_pages:revisions_index                  EPVSo
wagtailadmin_pages:revisions_view                   EPSo / EPVRS
wagtailadmin_pages:revisions_compare                EPSo / EPVRS
wagtailadmin_pages:revisions_revert                 EPS / EPVS
POST wagtailadmin_pages:revisions_unschedule        PS
wagtailadmin_pages:workflow_history                 EPSo / EPVRS
wagtailadmin_pages:workflow_history_detail          - / EPVRS
wagtailadmin_pages:workflow_preview                 - / VS
POST wagtailadmin_pages:workflow_action             - / VS
POST wagtailadmin_pages:collect_workflow_action_data  - / VS
wagtailadmin_pages:confirm_workflow_cancellation    - / EPVRS
POST wagtailadmin_pages:copy                        EPS
POST wagtailadmin_pages:convert_alias               .
POST wagtailadmin_pages:delete                      PS
POST wagtailadmin_pages:move*                       PS
POST wagtailadmin_pages:set_page_position           PS
POST wagtailadmin_pages:set_privacy                 PS
POST set_privacy_whole                              PS
POST wagtailadmin_pages:unpublish                   PS
POST wagtailadmin_pages:lock                        PS
POST wagtailadmin_pages:unlock                      PS

wagtailsnippets:index                               .
wagtailsnippets_*:list                              EPVRTS
wagtailsnippets_*:list_results                      EPVRTS
POST wagtailsnippets_*:add                          EPS
wagtailsnippets_*:preview_on_add                    EPS
wagtailsnippets_*:edit                              EPSo / EPVRS
POST wagtailsnippets_*:edit                         EPSo / EPRS
wagtailsnippets_*:preview_on_edit                   EPSo
wagtailsnippets_*:usage                             EPSo
wagtailsnippets_*:history*                          EPSo
wagtailsnippets_*:revisions_view                    EPSo
wagtailsnippets_*:revisions_compare                 EPSo
wagtailsnippets_*:revisions_revert                  EPS
POST wagtailsnippets_*:revisions_unschedule         PS
wagtailsnippets_*:workflow_history                  EPSo
wagtailsnippets_*:workflow_history_detail           - / EPRS
wagtailsnippets_*:workflow_preview                  - / VS
POST wagtailsnippets_*:workflow_action              - / VS
POST wagtailsnippets_*:collect_workflow_action_data - / VS
wagtailsnippets_*:confirm_workflow_cancellation     - / EPVRS
POST wagtailsnippets_*:delete                       PS
POST wagtailsnippets_*:unpublish                    PS
POST wagtailsnippets_*:lock                         PS
POST wagtailsnippets_*:unlock                       PS
POST wagtailsnippetchoosers_*:create                EPS
POST wagtailsnippetchoosers_*:speakers              EPS
wagtailsnippetchoosers_*                            EPVRTS
helplines:index*                                    EPS
POST helplines:add                                  PS
POST helplines:edit                                 PS
POST helplines:delete                               PS
helplines:history*                                  PS
helplines:usage                                     PS
helplines:typed                                     EPS
wagtail_localize:javascript_catalog                 EPVRTS
PUT wagtail_localize:edit_string_translation        So
DELETE wagtail_localize:edit_string_translation     So
PUT wagtail_localize:edit_override                  So
DELETE wagtail_localize:edit_override               .
POST wagtail_localize:upload_pofile                 So
POST wagtail_localize:machine_translate             So
wagtail_localize:download_pofile                    EPVSo
wagtail_localize:preview_translation                EPSo / EPVRS
POST wagtail_localize:stop_translation              PS
POST wagtail_localize:convert_to_alias              .
wagtail_localize:snippets_api_*                     EPVRTS
wagtail_localize:translations_report*               EPVRTS
wagtail_localize:submit_*                           EPS
wagtail_localize:update_translations                EPS
translation_localize:snippets_api_*                 EPVRTS
POST translation_localize:submit_*                  EPS
POST translation_localize:update                    EPS

wagtailimages:index*                                EPS
POST wagtailimages:add*                             EPS
POST wagtailimages:create_multiple*                 .
POST wagtailimages:edit*                            EPS
POST wagtailimages:delete_upload*                    .
POST wagtailimages:delete*                           EPS
wagtailimages:image_usage                           EPS
wagtailimages:preview                               EPS
wagtailimages:url_generator*                        .
POST wagtailimages_chooser:create                   EPS
wagtailimages_chooser:chosen                        EPRTS
wagtailimages_chooser:select_format                 EPRTS
wagtailimages_chooser:*                             EPVRTS
wagtaildocs:index*                                  EPS
POST wagtaildocs:add*                               EPS
POST wagtaildocs:create_multiple*                   .
POST wagtaildocs:edit*                              EPS
POST wagtaildocs:delete_upload*                    .
POST wagtaildocs:delete*                           EPS
wagtaildocs:document_usage                          EPS
POST wagtaildocs_chooser:create                     EPS
wagtaildocs_chooser:chosen                          EPRTS
wagtaildocs_chooser:*                               EPVRTS
wagtailembeds:*                                     EPVS
POST wagtail_bulk_action                            .

wagtailadmin_reports:aging_pages*                   EPS
wagtailadmin_reports:locked_pages*                  PVS
wagtailadmin_reports:page_types_usage*              EPS
wagtailadmin_reports:site_history*                  EPVS
wagtailadmin_reports:workflow*                      EPS

wagtailadmin_collections:*                          S
wagtailadmin_workflows:task_cho*                    EPVS
wagtailadmin_workflows:enable*                      .
POST wagtailadmin_workflows:remove                  S
wagtailadmin_workflows:*                            S
wagtaillocales:*                                    S
POST wagtailredirects:process_import                S
wagtailredirects:*                                  S
wagtailsettings:*                                   .
wagtailsites:*                                      S
wagtailusers_*                                      S
translation_review:index                            VS
translation_review:*review                          VRS
POST translation_review:comment                     VRS
POST translation_review:comment_in_editor           VSo
POST translation_review:take_back                   RS
POST translation_review:resolve                     VRS
POST translation_review:submit                      So
translation_review:changes                          EPS
translation_alt_texts:edit                          VRS
POST translation_checks:waive                       VSo
POST translation_checks:take_back                   VRS
translation_glossary:add                            EPS
translation_glossary:edit                           EPS
translation_glossary:delete                         EPS
translation_glossary:usage*                         EPS
translation_glossary:history*                       EPS
translation_glossary:*                              EPVRTS
translation_desk:desk                               EPVRS
POST translation_desk:save                          So
POST translation_desk:fill                          So
POST translation_desk:save_alt_text                 RS
POST translation_desk:findings                      EPVSo
POST translation_desk:ping                          EPVSo
translation_desk:*                                  EPVSo
translation_board:index                             EPVRTS
translation_progress:index                          EPS
translation_launch:launch                           EPVRTS
POST translation_launch:launch                      PS
translation_sending:campaign                        EPS
POST translation_sending:resume                     EPS
POST translation_sending:remind                     EPS
translation_sending:*                               EPS
translation_exchange:export                         EPVRTS
POST translation_exchange:selected                  EPVRS
translation_exchange:import                         EPRTS
translation_exchange:review                         R
translation_life:*                                  PS
translation_notices:index                           EPVRTS
translation_notices:open                            R
POST translation_notices:seen                       EPVRTS
"""

# By action, on a page that is live, in English, Russian or Tajik. There is no alias to convert, each page is in
# all languages already, and the copy is a draft: that of a translation is not born live.
API_ACTIONS = {
    "convert_alias": "",
    "copy": "EPS",
    "copy_for_translation": "",
    "delete": "PS",
    "move": "PS",
    "publish": "PS",
    "revert_to_page_revision": "EPS",
    "unpublish": "PS",
}
# On what is in Russian, where a translator would have most; of the snippets the quote stands for all.
BULK_ACTIONS = {
    "wagtailcore.page.delete": "PS",
    "wagtailcore.page.move": "PS",
    "wagtailcore.page.publish": "PS",
    "wagtailcore.page.send_for_translation": "EPS",
    "wagtailcore.page.export_for_translators": "EPVRTS",
    "wagtailcore.page.unpublish": "PS",
    "campaigns.quote.send_for_translation": "EPS",
    "campaigns.quote.export_for_translators": "EPVRTS",
    "campaigns.quote.unpublish": "PS",
    "campaigns.quote.delete": "PS",
    "core.siteimage.add_tags": "EPS",
    "core.siteimage.add_to_collection": "EPS",
    "core.siteimage.delete": "EPS",
    "wagtaildocs.document.add_tags": "EPS",
    "wagtaildocs.document.add_to_collection": "EPS",
    "wagtaildocs.document.delete": "EPS",
    "auth.user.assign_role": "S",
    "auth.user.delete": "S",
    "auth.user.set_active_state": "S",
}


@dataclass(frozen=True)
class Row:
    pattern: str
    method: str
    who: str | None
    """None where only what is in review is tried."""
    submitted: str | None

    @property
    def by_language(self) -> bool:
        return any(fnmatchcase(self.pattern, each) for each in BY_LANGUAGE)

    def allows(self, role: str, place: str) -> bool:
        if place.startswith("submitted"):
            return role in (self.submitted or "")
        who = self.who or ""
        return role in who or ("o" in who and OWN.get(place) == role)


def _rows() -> list[Row]:
    found = []
    for line in TABLE.strip().splitlines():
        if not line.strip():
            continue
        *method, pattern, who = line.partition("/")[0].split()
        submitted = line.partition("/")[2].strip() or None
        found.append(Row(pattern, method[0] if method else "GET", None if who == "-" else who, submitted))
    return found


ROWS = _rows()


def rows_for(name: str) -> list[Row]:
    """One for each method."""
    fitting = [row for row in ROWS if fnmatchcase(name, row.pattern)]
    return [row for row in fitting if row.pattern == fitting[0].pattern]
