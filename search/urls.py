from django.urls import path

from .views import results, suggest

urlpatterns = [
    path("", results, name="search"),
    path("suggestions/", suggest, name="search_suggestions"),
]
