"""What the admin's forms send, for tests that fill them in."""


def formset(prefix: str) -> dict[str, str]:
    return {
        f"{prefix}-TOTAL_FORMS": "0",
        f"{prefix}-INITIAL_FORMS": "0",
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": "",
    }


def section_form(**fields: str) -> dict[str, str]:
    return {
        "title": "Our work",
        "slug": "",
        "introduction": "",
        "lead_image": "",
        "seo_title": "",
        "search_description": "",
        "body-count": "0",
        **formset("comments"),
        **fields,
    }


def quote_form(**fields: str) -> dict[str, str]:
    return {
        "text": "Now I ask who keeps the passport.",
        "role": "camp participant",
        "who_speaks": "adult",
        "consent_reference": "F-1",
        "consent_scope": "website",
        **formset("campaign_ties"),
        **fields,
    }
