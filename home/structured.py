"""JSON-LD (schema.org) of the organisation, the site, the breadcrumb and resources."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from core.helplines.cards import HelplineCard
from core.http.origin import absolute
from core.languages.site_languages import LocaleCodes, active_code
from core.media.cards import FileCard
from core.seo.structured import CONTEXT, Subject
from home.models import ResourcePage
from home.models.resources import ResourceKind
from home.navigation import Navigation

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def organisation(navigation: Navigation, request: HttpRequest) -> dict[str, Any]:
    """Return the Organization that publishes the site, with the helpline as its contact if there is one."""
    return {
        "@type": "Organization",
        "@id": absolute(request, "/#organisation"),
        "name": navigation.site_name,
        "url": absolute(request, navigation.home_url),
        "logo": {
            "@type": "ImageObject",
            "url": absolute(request, static("img/touch-icon.png")),
            "width": 180,
            "height": 180,
        },
        "contactPoint": contact_point(navigation.helpline) if navigation.helpline else None,
    }


def contact_point(helpline: HelplineCard) -> dict[str, Any]:
    """Return the ContactPoint of a helpline with its weekly hours and those of single days."""
    week = enumerate(helpline.data["week"])
    days = helpline.data["days"].items()
    return {
        "@type": "ContactPoint",
        "contactType": "customer support",
        "name": str(helpline.name),
        "telephone": helpline.tel,
        "availableLanguage": helpline.data["languages"],
        "hoursAvailable": [
            *({**opening(span), "dayOfWeek": f"{CONTEXT}/{DAYS[day]}"} for day, span in week if span),
            *({**opening(span), "validFrom": day, "validThrough": day} for day, span in days),
        ],
    }


def opening(span: list[str] | None) -> dict[str, Any]:
    """Return the OpeningHoursSpecification of one day; `span` is the pair of its opening and closing time, None
    for a closed day. As search engines read it, 00:00 to 00:00 is closed all day, and 00:00 to 23:59 is open
    around the clock, which equal times mean."""
    opens, closes = span or ("00:00", "00:00")
    if span and opens == closes:
        opens, closes = "00:00", "23:59"
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes}


def website(navigation: Navigation, request: HttpRequest) -> dict[str, Any]:
    """Return the WebSite in the active language, with the address of its search."""
    return {
        "@type": "WebSite",
        "@id": absolute(request, f"{navigation.home_url}#site"),
        "name": navigation.site_name,
        "url": absolute(request, navigation.home_url),
        "inLanguage": active_code(),
        "publisher": {"@id": absolute(request, "/#organisation")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(request, reverse("search")) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def nodes(subject: Subject) -> list[dict[str, Any]]:
    """Return the schema.org objects that this app adds for a page: the breadcrumb, unless it is a home page, and a
    resource's data."""
    found = breadcrumb(subject)
    if isinstance(subject.page, ResourcePage):
        found.append(resource(subject))
    return found


def breadcrumb(subject: Subject) -> list[dict[str, Any]]:
    """Return a list with the BreadcrumbList that leads to the page and ends with it; an empty list for a home
    page."""
    steps = [(crumb.title, subject.at(crumb.url)) for crumb in subject.context["navigation"].breadcrumb]
    if not steps:
        return []
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate([*steps, (subject.page.title, subject.url)], start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def resource(subject: Subject) -> dict[str, Any]:
    """Return a resource with its files: a Dataset if its kind is that, else a CreativeWork."""
    page = subject.page
    is_data = page.kind == ResourceKind.DATASET
    part = "distribution" if is_data else "encoding"
    return {
        "@type": "Dataset" if is_data else "CreativeWork",
        "@id": f"{subject.url}#resource",
        "name": page.title,
        "url": subject.url,
        "description": subject.description,
        "genre": None if is_data else page.get_kind_display(),
        "inLanguage": LocaleCodes.code(page.locale_id),
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else None,
        "datePublished": str(page.year) if page.year else None,
        "image": subject.picture,
        "publisher": subject.publisher,
        "about": [{"@type": "Thing", "name": str(topic)} for topic in subject.context["topics"]],
        part: [file(card, subject, is_data) for card in subject.context["files"]],
    }


def file(card: FileCard, subject: Subject, is_data: bool) -> dict[str, Any]:
    """Return the file of a resource: a DataDownload if it belongs to a Dataset (`is_data`), else a MediaObject."""
    return {
        "@type": "DataDownload" if is_data else "MediaObject",
        "name": card.title,
        "contentUrl": subject.at(card.url),
        "encodingFormat": card.media_type,
        "contentSize": f"{card.size} B" if card.size else None,
        "inLanguage": card.code,
    }
