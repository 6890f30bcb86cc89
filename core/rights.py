from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """Wagtail lets whoever may change a draft delete, move and copy it; a translator may only change."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._may_make() and super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        return self._may_make() and super().can_copy()

    def can_lock(self) -> bool:
        """Reviewers have the right only to find their way about. What is submitted to them, its task opens."""
        return bool(self._may_change() or self.page.current_workflow_task) and super().can_lock()

    def can_unlock(self) -> bool:
        return (
            bool(self._may_change() or self.user_has_lock() or self.page.current_workflow_task)
            and super().can_unlock()
        )

    def _may_change(self) -> bool:
        return self.user.is_superuser or "change" in getattr(self, "permissions", ())

    def _may_make(self) -> bool:
        return self.user.is_superuser or "add" in getattr(self, "permissions", ())
