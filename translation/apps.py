from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "translation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import page_context, rules, work
        from core import rights as core_rights
        from core.audit import row_changes
        from core.media import access
        from core.second_factor import people
        from core.stamps.changes import watch
        from translation import leaving, outdated_notice, withdrawing
        from translation import receivers as signals
        from translation.access import policy, queries, visible
        from translation.access import receivers as rights_signals
        from translation.access.chosen_in_forms import ChosenAmongVisible
        from translation.alt_texts import drafts
        from translation.gate import ReviewedOnly
        from translation.glossary import policy as glossary_policy
        from translation.lifecycle import receivers as life_signals
        from translation.models import LanguageRight, Review, task
        from translation.notices import events
        from translation.review import decide
        from translation.sending import jobs
        from translation.sync import source, upkeep

        watch(Review, listed=True, also=outdated_notice.tags_of)
        row_changes.follow_rights(LanguageRight)
        policy.register()
        glossary_policy.register()
        access.register(visible.may_see)
        for module in (rights_signals, signals, life_signals, events, drafts, leaving, withdrawing, source):
            module.connect()
        core_rights.register_languages(queries.languages_of)
        core_rights.register_draft_titles(visible.may_see_draft_title)
        people.register(queries.reviews_somewhere)
        rules.register(ReviewedOnly())
        rules.register(ChosenAmongVisible())
        page_context.register(outdated_notice.notice)
        work.register_resumed(jobs.resume)
        task.register(
            task.ReviewActs(
                waiting_review=decide.waiting_review,
                may_decide=decide.may_decide,
                may_take_part=decide.may_take_part,
                decidable_by=decide.decidable_by,
                refuse=decide.refuse,
                resync=upkeep.let_go,
                may_review=queries.may_review,
            )
        )
