"""Users of the demo, one for each role. Their passwords are public, so they must not exist outside a demo."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

USERS = {
    "admin": "",
    "editor": "Editor",
    "publisher": "Publisher",
    "translator-ru": "Translator ru",
    "translator-tg": "Translator tg",
    "translator-fa-af": "Translator fa-af",
    "reviewer": "Reviewer",
}


def demo_password(username: str) -> str:
    return f"{username}-demo"


def load_users() -> None:
    """Create the missing users, and the groups that they need. A user without a group is a superuser."""
    model = get_user_model()
    known = set(model.objects.filter(username__in=USERS).values_list("username", flat=True))
    for username, group in USERS.items():
        if username in known:
            continue
        user = model.objects.create_user(
            username,
            f"{username}@example.org",
            demo_password(username),
            first_name="Demo",
            last_name=username,
            is_superuser=not group,
            is_staff=not group,
        )
        if group:
            user.groups.add(Group.objects.get_or_create(name=group)[0])
