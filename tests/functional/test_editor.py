"""An editor at work, from an empty page to the reader."""

from io import BytesIO

from django.contrib.auth import get_user_model
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Comment
from wagtail.models import Page as WagtailPage

from campaigns.models import CampaignIndexPage, CampaignPage, KeyFigure, NewsIndexPage, NewsPage, Quote, Takeaway
from tests.factories import NewsPageFactory, PersonFactory
from tests.functional.helpers import Editor, status_of
from tests.helplines import HelplineFactory

KINDS = 8
SPEAKER = "Mahina Bunafshazor"


def test_campaign__from_an_editor_through_a_publisher_to_a_reader(
    editor: Page, publisher: Page, page: Page, leave_no_trace: None
):
    speaker = PersonFactory(name=SPEAKER)
    compose_campaign(editor)
    form = Editor(editor)
    form.wait_for_autosave()
    expect(form.findings).to_contain_text("Quote: Who pays for the journey if I change my mind?")
    expect(form.findings).not_to_contain_text("consent")

    see_preview(editor)
    form.choose_action("Submit to Review before publishing")
    expect(editor.get_by_text("Page 'Orchard Day' has been submitted for moderation.")).to_be_visible()
    campaign = CampaignPage.objects.get(slug="orchard-day")
    assert len(campaign.get_latest_revision_as_object().body) == KINDS
    assert not campaign.live
    quote = Quote.objects.get(speaker=speaker)
    assert (quote.live, quote.locale) == (False, campaign.locale)
    assert status_of(page, "/en/campaigns/orchard-day/") == 404

    reviewed = Editor(publisher)
    reviewed.open(campaign)
    reviewed.confirm_what_becomes_public()
    reviewed.choose_action("Approve and Publish")
    expect(publisher.get_by_text("Page 'Orchard Day' has been updated.")).to_be_visible()
    assert status_of(page, "/en/campaigns/orchard-day/") == 200
    takeaway = Takeaway.objects.filter(locale__language_code="en").first()
    figure = KeyFigure.objects.filter(locale__language_code="en").first()
    story = NewsPage.objects.filter(locale__language_code="en", live=True).first()
    assert takeaway is not None
    assert figure is not None
    assert story is not None
    main = page.get_by_role("main")
    for words in (
        "What an orchard teaches",
        "Who pays for the journey if I change my mind?",
        SPEAKER,
        takeaway.statement,
        figure.label,
        story.title,
        "Blossom line",
        "Planting by lantern light",
        "May I plant in autumn?",
        "Bring a spade",
    ):
        expect(main).to_contain_text(words)


def compose_campaign(page: Page) -> None:
    """A new campaign page of eight kinds of block, with a quote that did not exist before."""
    index = CampaignIndexPage.objects.get(locale__language_code="en")
    HelplineFactory(number="000-11-22", texts={"en": {"name": "Blossom line", "note": ""}})
    page.goto(f"/admin/pages/{index.pk}/")
    page.get_by_role("link", name="Add child page").first.click()
    form = Editor(page)
    form.fill_title("Orchard Day")

    text = form.add_block("Text")
    form.write(text.get_by_role("textbox"), "What an orchard teaches")

    voices = form.add_block("Voices")
    form.add_pick(voices, "Choose quote").create(fill_quote)

    takeaways = form.add_block("Takeaways")
    takeaway = Takeaway.objects.filter(locale__language_code="en").first()
    form.add_pick(takeaways, "Choose takeaway").pick(str(takeaway))

    figures = form.add_block("Key figures")
    figure = KeyFigure.objects.filter(locale__language_code="en").first()
    form.add_pick(figures, "Choose key figure").pick(str(figure))

    news = form.add_block("Latest stories")
    story = NewsPage.objects.filter(locale__language_code="en", live=True).first()
    assert story is not None
    form.add_pick(news, "Choose a page").pick(story.title)

    helpline = form.add_block("Helpline")
    helpline.get_by_role("combobox").select_option(label="Blossom line 000-11-22")

    programme = form.add_block("Programme")
    programme.get_by_label("Event").fill("Planting by lantern light")

    questions = form.add_block("Questions and answers")
    questions.get_by_label("Question", exact=False).last.fill("May I plant in autumn?")
    form.write(questions.get_by_role("textbox").last, "Bring a spade, and yes.")


def fill_quote(form: Locator) -> None:
    form.get_by_label("Words").fill("Who pays for the journey if I change my mind?")
    expect(form.locator(f"datalist option[value='{SPEAKER}']")).to_be_attached()
    form.get_by_label("Speaker", exact=True).fill(SPEAKER)
    form.get_by_label("Role at that time").fill("gardener, Varzob")
    form.get_by_label("Kind of speaker").select_option(label="Adult who agreed to be quoted")
    form.get_by_label("Consent form").fill("F-2026-17")
    form.get_by_label("Agreed to").select_option(label="This website")


def see_preview(page: Page) -> None:
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name="Orchard Day")).to_be_visible()
    expect(preview.get_by_text("Who pays for the journey if I change my mind?")).to_be_attached()


def test_gate__an_image_without_words_or_consent_is_mended_before_it_goes_live(
    publisher: Page, page: Page, leave_no_trace: None
):
    index = NewsIndexPage.objects.get(locale__language_code="en")
    story = NewsPageFactory(parent=index, title="A well for the street", live=False)
    address = story.get_url()
    form = Editor(publisher)
    form.open(story)
    expect(form.findings).to_contain_text("Ready to publish.")

    upload_image(form)
    expect(form.findings).to_contain_text("The image “Neighbours dig” has no alternative text in English.")
    expect(form.findings).to_contain_text("The consent of the person shown or quoted is missing.")

    form.wait_for_autosave()
    form.choose_action("Publish")
    expect(publisher.get_by_text("The page could not be saved due to validation errors")).to_be_visible()
    beside = publisher.get_by_role("region", name="Lead image")
    expect(beside).to_contain_text("has no alternative text in English.")
    expect(form.findings).to_contain_text("has no alternative text in English.")
    assert status_of(page, address) == 404

    form.findings.get_by_role("link", name="Open “Neighbours dig”").first.click()
    publisher.get_by_label("Alternative text, English").fill("Neighbours lower a pipe into a well")
    publisher.get_by_label("Consent form").fill("F-2026-18")
    publisher.get_by_label("Agreed to").select_option(label="This website")
    publisher.get_by_role("button", name="Save").click()
    expect(publisher.get_by_text("Image 'Neighbours dig' updated.")).to_be_visible()

    form.open(story)
    expect(form.findings).to_contain_text("Face: Neighbours lower a pipe into a well")
    expect(form.findings.get_by_role("link", name="Open “Neighbours dig”")).to_have_count(0)
    form.confirm_what_becomes_public()
    form.choose_action("Publish")
    expect(publisher.get_by_text("Page 'A well for the street' has been published.")).to_be_visible()
    assert status_of(page, address) == 200
    expect(page.get_by_role("img", name="Neighbours lower a pipe into a well")).to_be_visible()


def test_editor__opens_what_shows_a_helpline_without_errors(publisher: Page):
    errors: list[str] = []
    publisher.on("pageerror", lambda error: errors.append(str(error)))
    publisher.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    english = WagtailPage.objects.filter(locale__language_code="en")
    for slug, shows_a_helpline in (("wdatip", True), ("iyd", True), ("get-help", True), ("2025", False)):
        Editor(publisher).open(english.filter(slug=slug).first())
        lists = publisher.get_by_role("region", name="Body", exact=True).locator("select[name$=-helpline]")
        assert (lists.count() > 0) == shows_a_helpline, slug
    assert errors == []


def upload_image(form: Editor) -> None:
    chooser = form.open_chooser(form.page.get_by_role("button", name="Choose an image").first)
    upload = chooser.open_tab("Upload")
    upload.get_by_label("File").set_input_files({"name": "well.png", "mimeType": "image/png", "buffer": picture()})
    upload.get_by_label("Title").fill("Neighbours dig")
    upload.get_by_label("Who is shown").select_option(label="Adults")
    upload.get_by_role("button", name="Upload").click()
    expect(chooser.window).to_have_count(0)


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (640, 480), "#2b6777").save(drawn, "PNG")
    return drawn.getvalue()


def test_comments__have_the_time_zone_beside_their_times(publisher: Page, leave_no_trace: None):
    index = NewsIndexPage.objects.get(locale__language_code="en")
    story = NewsPageFactory(parent=index, title="A well for the lane", live=False)
    story.save_revision()
    user = get_user_model().objects.get(username="publisher")
    told = Comment.objects.create(page=story, user=user, contentpath="title", text="Which lane?")
    Editor(publisher).open(story)
    publisher.get_by_role("button", name="Toggle comments").click()
    time = publisher.locator("#comments time").first
    expect(time).to_contain_text(str(told.created_at.year))
    expect(time).to_contain_text("(Time of Dushanbe)")


def test_address__that_was_typed_stays_when_the_title_says_the_same(publisher: Page, leave_no_trace: None):
    home = WagtailPage.objects.get(depth=2, locale__language_code="en")
    publisher.goto(f"/admin/pages/add/home/sectionpage/{home.pk}/")
    form = Editor(publisher)
    form.fill_title("Lantern")
    publisher.get_by_role("tab", name="Promote").click()
    address = publisher.locator("#id_slug")
    expect(address).to_have_value("lantern")
    address.fill("")
    address.press_sequentially("orchard-day")
    publisher.get_by_role("tab", name="Content").click()
    for title in ("Orchard Day", "Orchard of the year"):
        form.fill_title(title)
        form.wait_for_autosave()

    publisher.reload()
    publisher.get_by_role("tab", name="Promote").click()
    expect(publisher.locator("#id_slug")).to_have_value("orchard-day")
