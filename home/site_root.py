"""Creation of the home page of a new site."""

from wagtail.models import Page, Site

from home.models import HomePage


def place_home(page: HomePage, **values: object) -> int:
    """Save `page`, with the slug "start", as the root page of the default site, delete Wagtail's welcome page if
    that was the root, and return its primary key. If the site has a home page already, change nothing and return
    the key of that one. `values` are stored with the site."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and issubclass(site.root_page.specific_class, HomePage):
        return site.root_page_id
    page.slug = "start"
    Page.get_first_root_node().add_child(instance=page)
    values = {"root_page": page, "site_name": page.title, **values}
    Site.objects.update_or_create(
        is_default_site=True, defaults=values, create_defaults={"hostname": "localhost", **values}
    )
    if site and site.root_page.specific_class is Page:
        site.root_page.delete()
    return page.pk
