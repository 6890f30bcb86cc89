"""Valid things by default: what a factory makes passes the publishing gate, and each test spoils what it is
about. A `locale` may be given by its code, ties by what they lead to."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db.models import Model
from factory.django import DjangoModelFactory
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, Page
from wagtail_factories import DocumentFactory as WagtailDocumentFactory
from wagtail_factories import ImageFactory
from wagtail_factories import PageFactory as WagtailPageFactory

from campaigns import models as campaigns
from core.models import SiteImage, WhoIsShown
from home import models as home
from tests.small_files import LEAFLET

Made = TypeVar("Made", bound=Model)


class Makes(Generic[Made]):
    """Says to the type checker what a factory makes where it is called; the libraries do not."""

    if TYPE_CHECKING:

        def __new__(cls, **fields: Any) -> Made: ...  # type: ignore[misc]  # The metaclass makes a model.


class UserFactory(Makes[User], DjangoModelFactory[User]):
    """`groups` takes the names of groups."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password("password")

    @factory.post_generation
    def groups(self: Any, create: bool, names: Sequence[str] | None, **kwargs) -> None:
        if create and names:
            self.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])


class SiteImageFactory(Makes[SiteImage], ImageFactory):
    """Shows nobody; the trait `people` shows an adult who agreed."""

    class Meta:
        model = SiteImage

    class Params:
        people = factory.Trait(
            shows=WhoIsShown.ADULTS,
            consent_reference="F-2024-01",
            consent_scope="website",
        )

    title = factory.Sequence(lambda n: f"Mountain road {n}")
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.django.ImageField(width=16, height=9, color="teal", filename="road.png", format="PNG")
    alt_texts = factory.LazyFunction(
        lambda: {"en": "A road winds between mountains", "ru": "Дорога между горами", "tg": "Роҳ байни ду кӯҳ"}
    )
    shows = WhoIsShown.NOBODY


class DocumentFactory(Makes[Document], WagtailDocumentFactory):
    title = factory.Sequence(lambda n: f"Leaflet {n}")
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.django.FileField(filename="leaflet.pdf", data=LEAFLET)


def _tied(kwargs: dict[str, Any], given: str, relation: str, model: type, field: str) -> None:
    """`campaigns=[page]` becomes `campaign_ties=[QuoteCampaign(campaign=page)]`."""
    targets = kwargs.pop(given, None)
    if targets:
        kwargs[relation] = [model(**{field: target}) for target in targets]


class BasePageFactory(Makes[Made], WagtailPageFactory):
    """Needs a `parent`, whose language it takes. A translation (same `translation_key`) takes the slug."""

    class Meta:
        abstract = True

    title: Any = factory.Sequence(lambda n: f"Page {n}")

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        parent = kwargs.get("parent")
        kwargs["locale"] = _locale(kwargs.pop("locale", None) or (parent and parent.locale))
        peer = Page.objects.filter(translation_key=kwargs.get("translation_key"), depth__gt=2).first()
        if peer:
            kwargs["slug"] = peer.slug
        return kwargs


def _locale(given: Locale | str | None) -> Locale:
    if isinstance(given, Locale):
        return given
    return Locale.objects.get(language_code=given or "en")


class HomePageFactory(BasePageFactory[home.HomePage]):
    class Meta:
        model = home.HomePage

    title = "Home"


class SectionPageFactory(BasePageFactory[home.SectionPage]):
    class Meta:
        model = home.SectionPage

    title = factory.Sequence(lambda n: f"Section {n}")
    introduction = "What this section is about."


class ContentPageFactory(BasePageFactory[home.ContentPage]):
    class Meta:
        model = home.ContentPage


class ResourceIndexPageFactory(BasePageFactory[home.ResourceIndexPage]):
    class Meta:
        model = home.ResourceIndexPage

    title = factory.Sequence(lambda n: f"Resources {n}")


class ResourcePageFactory(BasePageFactory[home.ResourcePage]):
    class Meta:
        model = home.ResourcePage

    title = factory.Sequence(lambda n: f"Resource {n}")
    year = 2024

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        kwargs = super()._adjust_kwargs(**kwargs)
        _tied(kwargs, "topics", "topic_ties", home.ResourceTopic, "topic")
        files = kwargs.pop("documents", {})
        if files:
            kwargs["files"] = [
                home.ResourceFile(language=code, document=document) for code, document in files.items()
            ]
        return kwargs


class ProjectPageFactory(BasePageFactory[campaigns.ProjectPage]):
    class Meta:
        model = campaigns.ProjectPage

    title = factory.Sequence(lambda n: f"Project {n}")
    summary = "What the project does."

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        kwargs = super()._adjust_kwargs(**kwargs)
        _tied(kwargs, "partners", "partner_ties", campaigns.ProjectPartner, "organisation")
        return kwargs


class CampaignIndexPageFactory(BasePageFactory[campaigns.CampaignIndexPage]):
    class Meta:
        model = campaigns.CampaignIndexPage

    title = "Campaigns"


class CampaignPageFactory(BasePageFactory[campaigns.CampaignPage]):
    class Meta:
        model = campaigns.CampaignPage

    title = factory.Sequence(lambda n: f"Campaign {n}")
    short_name = factory.Sequence(lambda n: f"C{n}")


class EditionPageFactory(BasePageFactory[campaigns.EditionPage]):
    class Meta:
        model = campaigns.EditionPage

    year = factory.Sequence(lambda n: 2000 + n % 100)
    title = factory.LazyAttribute(lambda page: f"Edition {page.year}")
    slug = factory.LazyAttribute(lambda page: str(page.year))
    global_theme = factory.LazyAttribute(lambda page: f"Theme of {page.year}")
    starts_on = factory.LazyAttribute(lambda page: datetime.date(page.year, 7, 30))


class NewsIndexPageFactory(BasePageFactory[campaigns.NewsIndexPage]):
    class Meta:
        model = campaigns.NewsIndexPage

    title = "News"


class NewsPageFactory(BasePageFactory[campaigns.NewsPage]):
    """`places`, `campaigns`, `projects`, `partners`, `topics` and `sdgs` take what they lead to. With
    neither campaign nor topic given it gets a topic."""

    class Meta:
        model = campaigns.NewsPage

    title = factory.Sequence(lambda n: f"Story {n}")
    date = datetime.date(2024, 8, 16)
    summary = "What happened, in a sentence."

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        kwargs = super()._adjust_kwargs(**kwargs)
        locale = kwargs["locale"]
        if "places" not in kwargs:
            kwargs["places"] = [PlaceFactory(locale=locale)]
        if "campaigns" not in kwargs and "topics" not in kwargs:
            kwargs["topics"] = [TopicFactory(locale=locale)]
        _tied(kwargs, "places", "places", campaigns.NewsPlace, "place")
        _tied(kwargs, "campaigns", "campaign_ties", campaigns.NewsCampaign, "campaign")
        _tied(kwargs, "projects", "project_ties", campaigns.NewsProject, "project")
        _tied(kwargs, "partners", "partner_ties", campaigns.NewsPartner, "organisation")
        _tied(kwargs, "topics", "topic_ties", campaigns.NewsTopic, "topic")
        _tied(kwargs, "sdgs", "sdg_ties", campaigns.NewsSDG, "sdg")
        return kwargs


class SnippetFactory(Makes[Made], DjangoModelFactory[Made]):
    """In English where no locale is given. Where the model has them, `campaigns` takes campaign pages."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        kwargs["locale"] = _locale(kwargs.pop("locale", None))
        relation = getattr(cls._meta.model, "campaign_ties", None)
        if relation:
            _tied(kwargs, "campaigns", "campaign_ties", relation.rel.related_model, "campaign")
        return kwargs


class OrganisationFactory(SnippetFactory[campaigns.Organisation]):
    class Meta:
        model = campaigns.Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = "civil_society"


class PersonFactory(SnippetFactory[campaigns.Person]):
    class Meta:
        model = campaigns.Person

    name = factory.Sequence(lambda n: f"Person {n}")


class PlaceFactory(SnippetFactory[campaigns.Place]):
    class Meta:
        model = campaigns.Place

    name = factory.Sequence(lambda n: f"Place {n}")
    country = "Tajikistan"


class TopicFactory(SnippetFactory[campaigns.Topic]):
    class Meta:
        model = campaigns.Topic

    name = factory.Sequence(lambda n: f"Topic {n}")


class SDGFactory(SnippetFactory[campaigns.SDG]):
    class Meta:
        model = campaigns.SDG

    number = factory.Sequence(lambda n: n % 17 + 1)
    name = factory.LazyAttribute(lambda goal: f"Goal {goal.number}")


class QuoteFactory(SnippetFactory[campaigns.Quote]):
    """Said by an adult who agreed to be quoted on the website."""

    class Meta:
        model = campaigns.Quote

    text = factory.Sequence(lambda n: f"Now I know which question to ask, number {n}.")
    role = "camp participant, Romit"
    who_speaks = "adult"
    consent_reference = "F-2024-02"
    consent_scope = "website"


class TakeawayFactory(SnippetFactory[campaigns.Takeaway]):
    class Meta:
        model = campaigns.Takeaway

    statement = factory.Sequence(lambda n: f"Whoever keeps your passport breaks the law, number {n}.")


class CommitmentFactory(SnippetFactory[campaigns.Commitment]):
    """Made by an organisation. `states` takes changes of state: pairs of a state and the day since."""

    class Meta:
        model = campaigns.Commitment

    text = factory.Sequence(lambda n: f"A helpline that answers at night, number {n}.")
    organisation = factory.SubFactory(OrganisationFactory)

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        evidence = "https://example.org/evidence"
        kwargs["states"] = [
            campaigns.StateChange(
                sort_order=order, state=state, date=day, evidence_url="" if state == "no_evidence" else evidence
            )
            for order, (state, day) in enumerate(kwargs.pop("states", ()))
        ]
        return super()._adjust_kwargs(**kwargs)


class KeyFigureFactory(SnippetFactory[campaigns.KeyFigure]):
    class Meta:
        model = campaigns.KeyFigure

    value = factory.Sequence(lambda n: f"{n + 1} in 100")
    label = "detected victims is a child"
    year = 2024
    source = "Sample source"
