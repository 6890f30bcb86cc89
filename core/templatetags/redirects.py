from django import template
from wagtail.models import Page

from core.redirects import Change, changes_of_move

register = template.Library()


@register.simple_tag
def redirects_of_move(page: Page, destination: Page) -> list[Change]:
    return changes_of_move(page, destination)
