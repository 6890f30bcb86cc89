"""Page models of the app: home page, sections, content pages and resources."""

from .pages import ContentPage, HomePage, SectionPage
from .resources import ResourceFile, ResourceIndexPage, ResourcePage, ResourceTopic

__all__ = [
    "ContentPage",
    "HomePage",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourceTopic",
    "SectionPage",
]
