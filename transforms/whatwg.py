"""Encodings as browsers know them: the WHATWG table of labels, and its readings where Python's codecs give others.

>>> codec_of(" GB2312 "), codec_of("cp950"), codec_of("iso-8859-1"), codec_of("no-such")
('gb18030', 'big5hkscs', 'cp1252', None)
>>> read_as(bytes([0x80, 0xA6, 0xD9]), "gb18030")
'€︐'
"""

from __future__ import annotations

import codecs
import re

# Supersets stand for their subsets: pages that call themselves gb2312 hold characters of gb18030.
_LABELS = {
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gb_2312", "gb_2312-80", "gb-2312", "gbk", "x-gbk", "gb18030", "cp936", "ms936", "windows-936", "chinese",
                     "csgb2312", "csiso58gb231280", "iso-ir-58", "euc-cn", "gb"), "gb18030"),
    **dict.fromkeys(("big5", "big-5", "big5-hkscs", "big5hkscs", "cn-big5", "csbig5", "x-x-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16-le", "unicode", "ucs-2", "csunicode"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf-16-be", "unicodefffe"), "utf-16-be"),
    **dict.fromkeys(("hz-gb-2312", "hz", "hzgb"), "hz"),
    **dict.fromkeys(("ks_c_5601-1987", "ksc5601", "euc-kr", "windows-949", "korean"), "cp949"),
    **dict.fromkeys(("shift_jis", "sjis", "shift-jis", "x-sjis", "windows-31j"), "cp932"),
}  # fmt: skip
# GB18030-2022 took these out of the private area; Python's table is that of 2000. A3A0 is a wide space to browsers.
_GB = str.maketrans(
    "\ue5e5\ue7c7\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\u3000\u1e3f\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)
_BIG5 = str.maketrans("\u2022\uff64", "\u2027\ufe51")
_C1 = {bytes([c]): chr(c) for c in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_ALONE = {
    "gb18030": {b"\x80": "€"},
    "big5hkscs": {b"\xa3\xe1": "€"},
    "cp1252": _C1,
    "charmap": _C1,
}  # charmap: how cp1252 signs its errors
_FEW = 1000  # errors beyond which a text is past such finesse, and a handler of our own too slow
_PRIVATE = re.compile("[\ue5e5-\ue864]")
_NO_CHARSETS = frozenset(["idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7", "mbcs", "oem"])
_HANDLER = "zhicang-browser"


def codec_of(label: str) -> str | None:
    """The Python codec that a label means, None where it means none."""
    label = label.strip().strip("'\"").lower()
    if label in _LABELS:
        return _LABELS[label]
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) and found.name not in _NO_CHARSETS else None


def read_as(body: bytes, codec: str) -> str:
    """Decode as browsers do; what cannot be read becomes U+FFFD."""
    text = body.decode(codec, "replace")
    if 0 < text.count("\ufffd") < _FEW and codec in _ALONE and any(raw in body for raw in _ALONE[codec]):
        text = body.decode(codec, _HANDLER)
    if codec == "gb18030":
        return text.translate(_GB) if _PRIVATE.search(text) else text
    return text.translate(_BIG5) if codec == "big5hkscs" and ("\u2022" in text or "\uff64" in text) else text


def _handle(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        for raw, made in _ALONE.get(error.encoding, {}).items():
            if error.object.startswith(raw, error.start):
                return made, error.start + len(raw)
    return codecs.replace_errors(error)  # type: ignore[return-value]


codecs.register_error(_HANDLER, _handle)
