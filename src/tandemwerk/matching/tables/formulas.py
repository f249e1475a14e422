"""Cells that a spreadsheet would run as a formula, made harmless and back."""

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before a leading = + - @, tab or return."""
    return f"'{text}" if text.startswith(_STARTS) else text


def undefused(text: str) -> str:
    """The text behind `defused`; any other text unchanged."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text
