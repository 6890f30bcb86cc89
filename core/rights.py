from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """Wagtail lets whoever may change a draft delete, move and copy it; a translator may only change."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._may_make() and super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        return self._may_make() and super().can_copy()

    def can_lock(self) -> bool:
        """Reviewers have the right only to find their way about. What is submitted to them, its task opens."""
        may_change = self.user.is_superuser or "change" in getattr(self, "permissions", ())
        return bool(may_change or self.page.current_workflow_task) and super().can_lock()

    def _may_make(self) -> bool:
        return self.user.is_superuser or "add" in getattr(self, "permissions", ())
