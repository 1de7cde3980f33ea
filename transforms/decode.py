"""Bytes to text: every candidate encoding is read, the reading that looks most like Chinese wins, labels break ties.

No single detector is enough: one stray byte makes a strict one name a Cyrillic encoding for a GBK page. So a reading is judged by
its quality, and where bytes were lost, by its quality in step: a two-byte text that lost one byte is right again in the other phase.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import chardet
from chardet import EncodingEra

from transforms.pinyin import GLUED
from transforms.quality import quality
from transforms.records import Decoded
from transforms.whatwg import codec_of, read_as

if TYPE_CHECKING:
    from transforms.records import RawPage

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:\-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:\-]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_HTTP = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:\-]+)", re.IGNORECASE)
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf",
          b"\x7fELF", b"MZ\x90", b"BM\x36", b"OggS", b"ID3", b"RIFF", b"\xfd7zXZ", b"BZh")  # fmt: skip
_HIGH = re.compile(rb"[\x80-\xff]")
_TWO_HIGH = re.compile("[^\x00-\x7f][\x00-\x7f]*[^\x00-\x7f]")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+")
_RUN = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]+")  # two-byte characters in a row
_CHINESE = ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "hz", "ascii"]
_TWO_BYTES = ("gb18030", "big5hkscs")
_GENUINE = 0.74  # the first percentile of genuine Chinese is 0.77; Korean and Japanese stay below 0.71
_SURE = 0.80  # a labelled reading of this quality needs no rival
_FEW = 200  # bytes beyond ASCII: fewer tell less, so a foreign page must look less Chinese
_FOREIGN = 0.3
_WINDOW = 8192  # bytes looked at in the beginning, the middle and the end of a long page
_STEP = 64  # bytes judged in both phases, and so many stretches of them at most
_STRETCHES = 200


def is_binary(body: bytes) -> bool:
    """Whether the bytes are a file of another kind: a known signature, or NUL bytes that no UTF-16 explains."""
    if body.startswith(_MAGIC):
        return True
    head = body[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" not in head or _ascii_utf16(head):
        return False
    return quality(head.decode("utf-16-le", "replace")) < 0.5 and quality(head.decode("utf-16-be", "replace")) < 0.5


def decode(page: RawPage) -> Decoded:
    """Read the bytes of a page; never raises, lost characters are counted in `replaced`."""
    body = page.body
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return _made(body[len(bom) :], codec, "bom")
    if is_binary(body):
        return Decoded(body[:4096].decode("latin-1"), "binary", "binary", 0.0, len(body))
    if wide := _ascii_utf16(body[:4096]):
        return _made(body, wide, "quality")
    if not _HIGH.search(body):
        return _made(body, "hz" if _HZ.search(body) else "utf-8", "ascii")
    if _is_utf8(body):
        return _made(body, "utf-8", "utf-8 valid")
    sample = _windows(body)
    labels = _labels(page)
    for codec, evidence in labels.items():
        if codec in _TWO_BYTES and _quality(sample.decode(codec, "replace")) >= _SURE:
            return _made(body, codec, evidence)
    guess = chardet.detect(sample, include_encodings=_CHINESE, no_match_encoding="gb18030", prefer_superset=True)
    guessed = codec_of(guess["encoding"] or "")
    wide_too = ["utf-16-le", "utf-16-be"] if b"\0" in sample or len(sample) < _FEW else []
    wanted = list(dict.fromkeys([*labels, "utf-8", *_TWO_BYTES, *([guessed] if guessed else []), *wide_too]))
    scores = {codec: _quality(sample.decode(codec, "replace")) for codec in wanted}
    if max(scores.values()) < _GENUINE:
        scores |= {codec: max(scores[codec], _in_step(sample, codec)) for codec in _TWO_BYTES}
    prior = {guessed: 0.05 * float(guess["confidence"] or 0)}
    codec = max(wanted, key=lambda c: scores[c] + prior.get(c, 0) + 0.05 * (c in labels))
    few = len(_HIGH.findall(sample[:4000])) < _FEW
    if scores[codec] < (_FOREIGN if few else _GENUINE) and not (few and codec in labels):
        free = codec_of(chardet.detect(sample, prefer_superset=True, encoding_era=EncodingEra.MODERN_WEB)["encoding"] or "")
        if free and free not in (*_TWO_BYTES, "utf-8", "utf-16-le", "utf-16-be", "hz") and "\ufffd" not in read_as(sample, free):
            return _made(body, free, "chardet, not Chinese")
    return _made(body, codec, labels.get(codec) or ("chardet" if codec == guessed else "quality"))


def _quality(text: str) -> float:
    """The quality of the author's words, without the readings that a mirror glued behind them."""
    return quality(GLUED.sub("", text))


def _made(body: bytes, codec: str, evidence: str) -> Decoded:
    text = read_as(body, codec)
    return Decoded(text, codec, evidence, round(_quality(text[:32_768]), 4), text.count("\ufffd"))


def _ascii_utf16(head: bytes) -> str | None:
    """UTF-16 of markup or numbers: NUL bytes on one side of the pairs only."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head) or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_utf8(body: bytes) -> bool:
    """Whether it is UTF-8 but for a character cut off at its end (and more than a stray pair of bytes), or for a few stray bytes."""
    try:
        text = codecs.getincrementaldecoder("utf-8")("strict").decode(body)
    except UnicodeDecodeError:
        part = body[(first := _HIGH.search(body)) and first.start() :][:2048]
        return 0.7 * len(_HIGH.findall(part)) < sum(map(len, _UTF8.findall(part)))
    return bool(_TWO_HIGH.search(text))


def _windows(body: bytes) -> bytes:
    """The beginning, the middle and the end of a long page."""
    if len(body) <= 3 * _WINDOW:
        return body
    middle = len(body) // 4 * 2
    return body[:_WINDOW] + body[middle : middle + _WINDOW] + body[len(body) // 2 * 2 - _WINDOW :]


def _in_step(sample: bytes, codec: str) -> float:
    """The quality of a two-byte reading, each stretch of it in the better of the two phases."""
    stretches = [run[i : i + _STEP] for run in _RUN.findall(sample) for i in range(0, len(run), _STEP)][:_STRETCHES]
    best = [max(_quality(x.decode(codec, "replace")), _quality(x[1:].decode(codec, "replace"))) * len(x) for x in stretches]
    return sum(best) / sum(map(len, stretches)) if stretches else -2.0


def _labels(page: RawPage) -> dict[str, str]:
    """Codecs that the page's labels name, with who named them."""
    named: dict[str, str] = {}
    meta = _META.search(_COMMENT.sub(b"", page.body[:4096]))
    if meta and (codec := codec_of((meta.group(1) or meta.group(2)).decode("ascii"))):
        named[codec if not codec.startswith("utf-16") else "utf-8"] = "meta"
    http = _HTTP.search(page.content_type or "")
    if http and (codec := codec_of(http.group(1))):
        named[codec] = "http"
    return named
