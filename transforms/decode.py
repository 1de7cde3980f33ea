"""Bytes to text: every candidate encoding is read, the reading that looks most like Chinese wins, labels break ties.

No single detector is enough: one stray byte makes a strict one name a Cyrillic encoding for a GBK page.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import chardet

from transforms.quality import quality
from transforms.records import Decoded

if TYPE_CHECKING:
    from transforms.records import RawPage

# WHATWG labels to Python codecs, supersets in place of their subsets (gb2312 pages hold characters of gb18030).
LABELS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "gb18030", "cp936", "chinese", "csgb2312", "euc-cn", "gb"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "cp950", "big5hkscs"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    "utf-16be": "utf-16-be", "hz-gb-2312": "hz", "hz": "hz",
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:\-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:\-]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HTTP = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:\-]+)", re.IGNORECASE)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ\x90",
)
_CHINESE = ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "hz", "ascii"]
_GENUINE = 0.74  # the first percentile of genuine Chinese is 0.77; Korean and Japanese stay below 0.71
_HIGH = re.compile(rb"[\x80-\xff]")


def is_binary(body: bytes) -> bool:
    """Whether the bytes are a file of another kind: a known signature, or NUL bytes that no UTF-16 explains."""
    if body.startswith(_MAGIC):
        return True
    head = body[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" not in head:
        return False
    return quality(head.decode("utf-16-le", "replace")) < 0.5 and quality(head.decode("utf-16-be", "replace")) < 0.5


def decode(page: RawPage) -> Decoded:
    """Read the bytes of a page; never raises, lost characters are counted in `replaced`."""
    body = page.body
    for bom, codec in _BOMS:
        if body.startswith(bom):
            text = body[len(bom) :].decode(codec, "replace")
            return _made(text, codec, "bom")
    if is_binary(body):
        return Decoded(body[:4096].decode("latin-1"), "binary", "binary", 0.0, len(body))
    if not _HIGH.search(body):
        codec = "hz" if b"~{" in body else "utf-8"
        return _made(body.decode(codec, "replace"), codec, "ascii")
    strict = _strict_utf8(body)
    if strict is not None:
        return _made(strict, "utf-8", "utf-8 valid")
    labels = _labels(page)
    guess = chardet.detect(body, include_encodings=_CHINESE, no_match_encoding="gb18030", prefer_superset=True)
    guessed = _codec(guess["encoding"] or "")
    best: tuple[float, Decoded] | None = None
    wanted = [*labels, "utf-8", "gb18030", "big5hkscs", *([guessed] if guessed else [])]
    if b"\0" in body[:2000]:
        wanted += ["utf-16-le", "utf-16-be"]
    for codec in dict.fromkeys(wanted):
        sample = _read(body[:65536], codec)
        score = quality(sample)
        prior = 0.05 * (codec in labels) + 0.05 * float(guess["confidence"] or 0) * (codec == guessed)
        if best is None or score + prior > best[0]:
            evidence = labels.get(codec) or ("chardet" if codec == guessed else "quality")
            best = (score + prior, Decoded("", codec, evidence, score, 0))
    assert best is not None  # noqa: S101  three candidates are always tried
    chosen = best[1]
    if chosen.score < _GENUINE and len(_HIGH.findall(body[:4000])) >= 200:
        free = _codec(chardet.detect(body, prefer_superset=True)["encoding"] or "")
        if free and free not in ("gb18030", "big5hkscs", "utf-8"):
            return _made(_read(body, free), free, "chardet, not Chinese")
    return _made(_read(body, chosen.encoding), chosen.encoding, chosen.evidence)


def _made(text: str, codec: str, evidence: str) -> Decoded:
    return Decoded(text, codec, evidence, round(quality(text[:200_000]), 4), text.count("\ufffd"))


def _strict_utf8(body: bytes) -> str | None:
    """The text, if it is UTF-8 but for a character cut off at its end, and more than a stray pair of bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        text = decoder.decode(body)
    except UnicodeDecodeError:
        return None
    return text if sum(c > "\x7f" for c in text[:100_000]) >= 2 else None


def _labels(page: RawPage) -> dict[str, str]:
    """Codecs that the page's labels name, with who named them."""
    named: dict[str, str] = {}
    meta = _META.search(_COMMENT.sub(b"", page.body[:4096]))
    if meta and (codec := _codec((meta.group(1) or meta.group(2)).decode("ascii"))):
        named[codec if not codec.startswith("utf-16") else "utf-8"] = "meta"
    http = _HTTP.search(page.content_type or "")
    if http and (codec := _codec(http.group(1))):
        named[codec] = "http"
    return named


def _codec(label: str) -> str | None:
    label = label.strip().lower()
    if label in LABELS:
        return LABELS[label]
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def _read(body: bytes, codec: str) -> str:
    """Decode as browsers do where Python's codecs differ: 0x80 is the euro sign and A3A0 a wide space in GB18030."""
    if codec == "gb18030":
        return body.decode(codec, "zhicang-gb").replace("\ue5e5", "\u3000")
    return body.decode(codec, "replace")


def _euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start : error.start + 1] == b"\x80":
        return "€", error.start + 1
    return codecs.replace_errors(error)  # type: ignore[return-value]


codecs.register_error("zhicang-gb", _euro)
