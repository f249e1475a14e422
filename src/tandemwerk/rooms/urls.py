"""Pages of a room; who may call them is in access.py, whose rows they show in selectors."""

from django.urls import path

from tandemwerk.rooms.views import action_items, agreement, closing, goals, reviews

app_name = "rooms"
ROOM = "tandems/<int:tandem_pk>"
GOAL = f"{ROOM}/goals/<uuid:goal_pk>"
ITEM = f"{ROOM}/action-items/<uuid:item_pk>"
AGREEMENT = f"{ROOM}/agreement/<uuid:agreement_pk>"
REVIEW = f"{ROOM}/reviews/<uuid:review_pk>"

urlpatterns = [
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
    path(f"{ROOM}/closing/confirm/", closing.closing_confirm, name="closing_confirm"),
]
