"""Pages of a room; who may call them is in access.py, whose rows they show in selectors."""

from django.urls import path

from tandemwerk.rooms.views import action_items, export, files, goals, search

app_name = "rooms"
ROOM = "tandems/<int:tandem_pk>"
GOAL = f"{ROOM}/goals/<uuid:goal_pk>"
ITEM = f"{ROOM}/action-items/<uuid:item_pk>"
FILE = f"{ROOM}/files/<uuid:file_pk>"

urlpatterns = [
    path(f"{ROOM}/search/", search.room_search, name="room_search"),
    path(f"{ROOM}/take-along/", export.room_export, name="room_export"),
    path(f"{ROOM}/take-along/room.zip", export.room_zip, name="room_zip"),
    path(f"{ROOM}/files/", files.file_list, name="file_list"),
    path(f"{FILE}/", files.file_download, name="file_download"),
    path(f"{FILE}/remove/", files.file_remove, name="file_remove"),
    path(f"{FILE}/restore/", files.file_restore, name="file_restore"),
    path(f"{ROOM}/goals/", goals.goal_list, name="goal_list"),
    path(f"{ROOM}/goals/new/", goals.goal_new, name="goal_new"),
    path(f"{GOAL}/", goals.goal_edit, name="goal_edit"),
    path(f"{GOAL}/step/", goals.goal_step, name="goal_step"),
    path(f"{GOAL}/state/", goals.goal_state, name="goal_state"),
    path(f"{GOAL}/remove/", goals.goal_remove, name="goal_remove"),
    path(f"{GOAL}/restore/", goals.goal_restore, name="goal_restore"),
    path(f"{ROOM}/action-items/new/", action_items.action_item_new, name="action_item_new"),
    path(f"{ITEM}/", action_items.action_item_edit, name="action_item_edit"),
    path(f"{ITEM}/done/", action_items.action_item_done, name="action_item_done"),
    path(f"{ITEM}/remove/", action_items.action_item_remove, name="action_item_remove"),
    path(f"{ITEM}/restore/", action_items.action_item_restore, name="action_item_restore"),
]
