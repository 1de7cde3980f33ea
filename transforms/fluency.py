"""How likely a string is as Chinese words: the judge between rival readings of damaged bytes.

The words and their frequencies are those of the tokenizer that counts terms, so there is one dictionary in the process; it is
loaded only when damage is seen. All figures are natural logarithms of probabilities, so they add up and lie below zero.

>>> likely("专利授权量") > likely("砖傈艘权量")
True
"""

from __future__ import annotations

from functools import cache
from math import log

from transforms.terms import tokenizer

LONGEST = 5  # characters of a word looked up
_UNSEEN = -19.0  # a character that no word of the dictionary is written with
_PUNCTUATION = {"，": -3.0, "。": -3.3, "、": -3.5, "“": -5.0, "”": -5.0, "《": -5.0, "》": -5.0, "：": -5.5, "；": -5.5, "？": -8.0,
                "（": -6.0, "）": -6.0, "—": -6.0, "…": -8.0, "％": -7.0, "·": -8.0, "！": -7.0, "　": -7.0}  # fmt: skip


@cache
def _converter() -> dict[str, str]:
    """Simplified forms of single characters, worked out as they are met."""
    import opencc

    converter = opencc.OpenCC("t2s")

    class Forms(dict[str, str]):
        def __missing__(self, c: str) -> str:
            made = str(converter.convert(c))
            self[c] = made
            return made

    return Forms()


def simple(c: str) -> str:
    """The simplified form of one character."""
    return _converter()[c]


@cache
def _frequencies() -> tuple[dict[str, int], float]:
    made = tokenizer()
    made.initialize()
    return made.FREQ, log(made.total)


def of_word(word: str) -> float | None:
    """The figure of a word of two characters or more, in simplified characters; None when it is not in the dictionary."""
    frequencies, total = _frequencies()
    seen = frequencies.get(word)
    return log(seen) - total if seen else None


@cache
def of_character(c: str) -> float:
    """The figure of one character that stands for itself."""
    if c in _PUNCTUATION:
        return _PUNCTUATION[c]
    if c < "\x80":
        return -4.5 if c.isdigit() else -6.0 if c in ",.;:()%" else -9.0 if c in "?!" else -7.0
    if not "\u3400" <= c <= "\u9fff":
        return -16.0
    frequencies, total = _frequencies()
    seen = frequencies.get(simple(c), 0)
    return max(log(seen) - total, _UNSEEN) if seen else _UNSEEN


def grow(scores: tuple[float, ...], text: str, figure: float) -> float:
    """The best figure of `text`, whose last character is new; `scores` are those of its last beginnings, the nearest last."""
    best = scores[-1] + figure
    for length in range(2, min(LONGEST, len(scores), len(text)) + 1):
        made = of_word(text[-length:])
        if made is not None and scores[-length] + made > best:
            best = scores[-length] + made
    return best


def likely(text: str) -> float:
    """The best figure of a text over all its divisions into words."""
    scores: tuple[float, ...] = (0.0,)
    plain = ""
    for c in text:
        plain += simple(c)
        scores = (*scores[-LONGEST:], grow(scores, plain, of_character(c)))
    return scores[-1]
