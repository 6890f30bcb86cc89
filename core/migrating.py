"""What migrations are made of."""

from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.state import ProjectState


class UnknownToDatabase(SeparateDatabaseAndState):
    """Change what the database does not know, as are labels and help texts.

    The models of a migration are made once after all these changes. Django makes a model, with all that it is
    related to, anew after each of them.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Django does so itself where it has put off making models.
        vars(state).pop("apps", None)
        super().state_forwards(app_label, state)
