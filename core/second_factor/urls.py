"""The URLs of the second factor."""

from django.urls import path

from core.second_factor import passkey_views, views

app_name = "second_factor"
urlpatterns = [
    path("", views.VerifyView.as_view(), name="verify"),
    path("passkey/", passkey_views.UsePasskeyView.as_view(), name="use_passkey"),
    path("link/", views.RequestLinkView.as_view(), name="request_link"),
    path("link/<str:token>/", views.LinkView.as_view(), name="link"),
    path("leave/", views.LeaveView.as_view(), name="leave"),
    path("add/", views.AddView.as_view(), name="add"),
    path("add/passkey/", passkey_views.AddPasskeyView.as_view(), name="add_passkey"),
    path("codes/", views.CodesView.as_view(), name="codes"),
    path("remove/<slug:kind>/<int:pk>/", views.RemoveView.as_view(), name="remove"),
]
