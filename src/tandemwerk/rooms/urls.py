"""Pages of a room; who may call them is in access.py, whose rows they show in selectors."""

from django.urls import path

from tandemwerk.rooms.views import (
    action_items,
    agreement,
    closing,
    export,
    files,
    goals,
    notes,
    reviews,
    search,
    talks,
)

app_name = "rooms"
ROOM = "tandems/<int:tandem_pk>"
GOAL = f"{ROOM}/goals/<uuid:goal_pk>"
ITEM = f"{ROOM}/action-items/<uuid:item_pk>"
AGREEMENT = f"{ROOM}/agreement/<uuid:agreement_pk>"
REVIEW = f"{ROOM}/reviews/<uuid:review_pk>"
NOTE = f"{ROOM}/notes/<uuid:note_pk>"
VERSION = f"{NOTE}/history/<uuid:version_pk>"
TALK = f"{ROOM}/talks/<uuid:talk_pk>"
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
    path(f"{ROOM}/agreement/", agreement.agreement_list, name="agreement_list"),
    path(f"{ROOM}/agreement/new/", agreement.agreement_new, name="agreement_new"),
    path(f"{AGREEMENT}/", agreement.agreement_version, name="agreement_version"),
    path(f"{AGREEMENT}/sign/", agreement.agreement_yes, name="agreement_yes"),
    path(f"{ROOM}/reviews/", reviews.review_list, name="review_list"),
    path(f"{ROOM}/reviews/new/", reviews.review_new, name="review_new"),
    path(f"{REVIEW}/", reviews.review_detail, name="review_detail"),
    path(f"{REVIEW}/show/", reviews.review_show, name="review_show"),
    path(f"{ROOM}/closing/", closing.closing_detail, name="closing_detail"),
    path(f"{ROOM}/closing/begin/", closing.closing_begin, name="closing_begin"),
    path(f"{ROOM}/closing/take-back/", closing.closing_take_back, name="closing_take_back"),
    path(f"{ROOM}/closing/confirm/", closing.closing_confirm, name="closing_confirm"),
    path(f"{ROOM}/notes/", notes.note_list, name="note_list"),
    path(f"{ROOM}/notes/new/", notes.note_new, name="note_new"),
    path(f"{NOTE}/", notes.note_detail, name="note_detail"),
    path(f"{NOTE}/edit/", notes.note_edit, name="note_edit"),
    path(f"{NOTE}/steps/", notes.note_steps, name="note_steps"),
    path(f"{NOTE}/history/", notes.note_history, name="note_history"),
    path(f"{VERSION}/restore/", notes.note_version_restore_view, name="note_version_restore"),
    path(f"{NOTE}/remove/", notes.note_remove, name="note_remove"),
    path(f"{NOTE}/restore/", notes.note_restore, name="note_restore"),
    path(f"{ROOM}/talks/", talks.talk_list, name="talk_list"),
    path(f"{ROOM}/talks/new/", talks.talk_new, name="talk_new"),
    path(f"{TALK}/plan/", talks.talk_plan_view, name="talk_plan"),
    path(f"{TALK}/points/", talks.talk_point_new, name="talk_point_new"),
    path(f"{TALK}/points/done/", talks.talk_point_done, name="talk_point_done"),
    path(f"{TALK}/held/", talks.talk_held, name="talk_held"),
    path(f"{TALK}/reopen/", talks.talk_reopen_view, name="talk_reopen"),
]
