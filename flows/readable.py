"""What can be read at all: an empty page, an image or bytes in no known encoding are refused with the reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.errors import NothingReadError
from transforms.decode import decode, is_binary

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.records import RawPage, Reading

_LEAST_SCORE = 0.4  # the worst genuine page scored above 0.6, what no encoding fits below 0.32
_MANY = 20  # characters beyond ASCII, before their score says anything
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class UnreadableError(NothingReadError):
    """A page that is no text; the message is the reason in its quarantine row."""


def readable(page: RawPage, read: Callable[[RawPage], Reading]) -> Reading:
    """Read a page that is text.

    Raises:
        UnreadableError: it is empty, a file of another kind, or in no encoding that we know.
    """
    if not page.body.strip():
        raise UnreadableError("the page is empty")
    if is_binary(page.body):
        raise UnreadableError("the file is no text (an image, an archive, an office document or a program)")
    decoded = decode(page)  # once more than needed: a tenth of a millisecond, where mending such bytes takes seconds
    head = decoded.text[:20_000]
    if len(_CONTROLS.findall(head)) > 0.02 * len(head):
        raise UnreadableError(f"no known encoding fits: read as {decoded.encoding}, it is full of control characters")
    foreign = decoded.evidence == "chardet, not Chinese"  # another language is read, and gives nothing
    if not foreign and decoded.score < _LEAST_SCORE and sum(c > "\x7f" for c in head) >= _MANY:
        raise UnreadableError(f"no known encoding fits: the best guess, {decoded.encoding}, makes {decoded.score:.2f} of 1 sense")
    return read(page)
