from django.apps import AppConfig
from django.core.checks import register


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import periodic, query_planning, receivers, rules, times
        from core.accounts import changes, duties
        from core.addresses import page_paths, redirect_files
        from core.admin import lists
        from core.audit import setup as audit
        from core.blocks import stream
        from core.checks import check_blocks, check_sources
        from core.consent import setup as consent
        from core.helplines import setup as helplines
        from core.helplines.former import FormerNumbers
        from core.internals import modelcluster
        from core.journal.recording import settle
        from core.mail import undelivered
        from core.media import withdrawing
        from core.publishing import closing, mails, taken_away
        from core.quotations.checks import QuotedPassages
        from core.references import usage
        from core.stamps import stamping
        from core.throttling.attempts import forget_ended

        stamping.connect()
        for module in (modelcluster, page_paths, redirect_files, times, lists, usage, stream):
            module.install()
        closing.connect()
        receivers.connect()
        helplines.connect()
        withdrawing.connect()
        undelivered.connect()
        audit.connect()
        mails.connect()
        consent.connect()
        taken_away.connect()
        periodic.register(settle)
        changes.connect()
        duties.connect()
        periodic.register(forget_ended)
        periodic.register(undelivered.give_up_old)
        periodic.register(query_planning.analyse_daily)
        register(check_blocks)
        register(check_sources)
        rules.register(QuotedPassages())
        rules.register(FormerNumbers())
