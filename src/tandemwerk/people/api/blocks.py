"""Whom the person has blocked."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.people.selectors.blocks import blocks_of
from tandemwerk.people.services.blocks import block_lift

router = Router()


class BlockOut(Schema):
    id: int
    name: str = Field(alias="blocked.name")
    created_at: datetime


@router.get("/me/blocks", response=Page[BlockOut], url_name="block_list")
def block_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """People you have blocked; they don't know of it."""
    return page_of(blocks_of(person(request)), wanted)


@router.delete("/me/blocks/{int:block_pk}", response={204: None}, url_name="block_detail")
def block_end(request: HttpRequest, block_pk: int) -> Status[object]:
    """Lift one of your blocks; what it ended stays ended."""
    block_lift(block=get_object_or_404(blocks_of(person(request)), pk=block_pk))
    return Status(204, None)
