from django.urls import path

from tandemwerk.people.views import blocks, data, profile, settings, tokens, topics

app_name = "people"
urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/tokens/", tokens.token_list, name="tokens"),
    path("settings/tokens/<int:token_pk>/revoke/", tokens.token_end, name="token_end"),
    path("settings/blocked/", blocks.block_list, name="blocks"),
    path("settings/blocked/<int:block_pk>/end/", blocks.block_end, name="block_end"),
    path("settings/data/", data.data, name="data"),
    path("settings/data/download/", data.data_download, name="data_download"),
    path("settings/data/delete/", data.account_delete, name="account_delete"),
    path("goodbye/", data.gone, name="gone"),
    path("profile/", profile.profile, name="profile"),
    path("profile/topics/search", topics.topic_search, name="topic_search"),
    path("profile/topics/change", topics.topic_change, name="topic_change"),
    path("profile/languages/remove", profile.language_remove, name="language_remove"),
    path("profile/week/hours/", profile.profile_hours, name="profile_hours"),
    path("profile/<slug:step>/", profile.profile_step, name="profile_step"),
]
