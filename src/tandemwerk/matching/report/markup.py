"""Markup that cannot be broken by what people wrote: everything is escaped unless it is Safe."""

from html import escape
from typing import Self

_VOID = frozenset({"meta", "br"})


class Safe(str):
    """Text that is markup already."""

    __slots__ = ()

    def __new__(cls, text: str = "") -> Self:
        """Only for markup made here, never for anything a person wrote."""
        return super().__new__(cls, text)


def tag(name: str, /, *children: str, **attributes: str | float | None) -> Safe:
    """An element. Children that are not Safe, and all attributes, are escaped; None leaves out.

    A trailing underscore of an attribute falls away (`class_`), others become hyphens.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Safe(f"<{name}{written}>")
    return Safe(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: str) -> Safe:
    """Children one after the other."""
    return Safe("".join(child if isinstance(child, Safe) else escape(child) for child in children))


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
