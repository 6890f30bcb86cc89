"""URLs of the feeds and calendars, below the prefix of a language."""

from django.urls import path

from campaigns import calendars
from campaigns.feeds.atom import CampaignFeed, NewsFeed, TopicFeed

urlpatterns = [
    path("feeds/news.atom", NewsFeed(), name="news_feed"),
    path("feeds/campaigns/<slug:slug>.atom", CampaignFeed(), name="campaign_feed"),
    path("feeds/topics/<slug:slug>.atom", TopicFeed(), name="topic_feed"),
    path("calendar.ics", calendars.calendar, name="calendar"),
    path("calendar/<slug:slug>/<str:year>.ics", calendars.edition, name="edition_day"),
]
