"""Decoding: every encoding, size, label and damage, against the detectors people use.

A reading is right when the named codec gives the same text as the true one (gb2312 and gbk count as gb18030, big5 as
big5-hkscs: browsers read them so). Peers are given the bytes, as their callers would.
"""

from __future__ import annotations

import codecs
import random
from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bench.common import news, peer, seconds, table
from transforms.decode import decode
from transforms.records import RawPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZES = (20, 50, 200, 1000, 10_000)
LABELS = ("none", "meta right", "meta wrong", "http right", "http wrong")
DAMAGES = ("clean", "cut tail", "stray", "lost")
WEB = ("utf-8", "gb2312", "gbk", "gbk traditional", "gb18030", "big5", "big5-hkscs")
ENCODINGS = (*WEB, "utf-8-sig", "hz", "utf-16", "utf-16-le", "utf-16-be")
_TRUE = {"gb2312": "gb18030", "gbk": "gb18030", "gbk traditional": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_WRONG = {"utf-8": "gb2312", "utf-8-sig": "gb2312", "hz": "utf-8"}
_RARE = {"gb18030": "𠮷㐂㙍", "big5-hkscs": "嘅啲咗"}


class Sample(NamedTuple):
    """One page to be read."""

    encoding: str
    size: int
    label: str
    damage: str
    body: bytes
    http: str | None


class Score(NamedTuple):
    """Readings that were right, of how many."""

    right: int
    all: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.right / self.all


def _text(encoding: str, rng: random.Random) -> str:
    """Some ten thousand bytes of news in a script and with characters that the encoding has."""
    lines = news()
    at = rng.randrange(len(lines) - 200)
    text = "".join(lines[at : at + 100])[:6000]
    codec = encoding.split(maxsplit=1)[0]
    if "traditional" in encoding or codec.startswith("big5"):
        import opencc

        text = opencc.OpenCC("s2t").convert(text)
    rare = _RARE.get(encoding, "")
    if rare:
        text = "".join(c + rare[i % 3] if i % 40 == 7 else c for i, c in enumerate(text))
    return text.encode(codec, "ignore").decode(codec)


def _damaged(body: bytes, damage: str, encoding: str, rng: random.Random) -> bytes:
    if damage == "cut tail":
        return body[:-1]
    if damage == "clean":
        return body
    unit = 2 if encoding.startswith("utf-16") else 1  # a byte out of step ends a text of two-byte units
    high = [i for i, b in enumerate(body) if b > 0x7F and i >= 3 and i % unit == 0] or [len(body) // 2]
    for at in sorted(rng.sample(high, min(len(high), 1 + len(body) // 4000)), reverse=True):
        body = body[:at] + (b"\xff" * unit + body[at:] if damage == "stray" else body[at + unit :])
    return body


def samples(each: int, seed: int = 4) -> Iterator[Sample]:
    """`each` pages for every cell of the matrix; HZ is seven bits wide, so bytes are neither strayed nor lost in it."""
    rng = random.Random(seed)
    for encoding in ENCODINGS:
        codec = encoding.split(maxsplit=1)[0]
        for _ in range(each):
            text = _text(encoding, rng)
            for size in SIZES:
                part = text.encode(codec)[: size + size % 2 + 2].decode(codec, "ignore")
                for label in LABELS:
                    if codec.startswith("utf-16") and label.startswith("meta"):
                        continue  # a meta element cannot name UTF-16
                    named = codec if label.endswith("right") else _WRONG.get(codec, "utf-8")
                    meta = f'<html><head><meta charset="{named}"></head><body><p>' if label.startswith("meta") else ""
                    body = (meta + part).encode(codec)
                    http = f"text/html; charset={named}" if label.startswith("http") else None
                    for damage in DAMAGES[: 1 if codec == "hz" else 4]:
                        yield Sample(encoding, size, label, damage, _damaged(body, damage, encoding, rng), http)


def true_codec(encoding: str) -> str:
    """The codec browsers read the encoding with."""
    return _TRUE.get(encoding, encoding)


def same_reading(body: bytes, named: str | None, true: str) -> bool:
    """Whether a codec's name is as good as the true one."""
    if not named:
        return False
    try:
        return _strip(body.decode(_TRUE.get(named.lower(), named), "replace")) == _strip(body.decode(true, "replace"))
    except LookupError:
        return False


def _strip(text: str) -> str:
    return text.removeprefix("\ufeff")


def ours(s: Sample) -> str | None:
    """The codec this project reads a sample with."""
    made = decode(RawPage("", s.body, s.http))
    boms = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return "utf-16" if s.body.startswith(boms) and made.encoding.startswith("utf-16") else made.encoding


def detectors() -> dict[str, Callable[[Sample], str | None]]:
    """Ours and those that are installed."""
    made: dict[str, Callable[[Sample], str | None]] = {"zhicang": ours}
    if chardet := peer("chardet"):
        made["chardet"] = lambda s: chardet.detect(s.body, prefer_superset=True)["encoding"]
    if normalizer := peer("charset_normalizer"):
        made["charset-normalizer"] = lambda s: (best := normalizer.from_bytes(s.body).best()) and best.encoding
    if resiliparse := peer("resiliparse.parse.encoding"):
        made["resiliparse"] = lambda s: resiliparse.detect_encoding(s.body)
    if cchardet := peer("cchardet"):
        made["faust-cchardet"] = lambda s: cchardet.detect(s.body)["encoding"]
    return made


Cell = tuple[str, int, str, str]


def matrix(detector: Callable[[Sample], str | None], each: int) -> dict[Cell, Score]:
    """Right readings per cell (encoding, size, label, damage)."""
    right: Counter[Cell] = Counter()
    total: Counter[Cell] = Counter()
    for s in samples(each):
        cell = (s.encoding, s.size, s.label, s.damage)
        total[cell] += 1
        right[cell] += same_reading(s.body, detector(s), true_codec(s.encoding))
    return {cell: Score(right[cell], n) for cell, n in total.items()}


def summed(cells: dict[Cell, Score], keep: Callable[[Cell], bool]) -> Score:
    """The score over some of the cells."""
    chosen = [v for k, v in cells.items() if keep(k)]
    return Score(sum(v.right for v in chosen), sum(v.all for v in chosen))


def _where(
    encodings: Sequence[str] = ENCODINGS,
    sizes: Sequence[int] = SIZES,
    labels: Sequence[str] = LABELS,
    damages: Sequence[str] = DAMAGES,
) -> Callable[[Cell], bool]:
    return lambda c: c[0] in encodings and c[1] in sizes and c[2] in labels and c[3] in damages


def losses(
    mine: dict[Cell, Score], peers: dict[str, dict[Cell, Score]], least: int = 200
) -> list[tuple[Cell, Score, str, Score]]:
    """Cells of at least so many bytes where a peer reads more pages than we do."""
    return [
        (cell, own, name, theirs[cell])
        for cell, own in mine.items()
        if cell[1] >= least
        for name, theirs in peers.items()
        if theirs[cell].right > own.right
    ]


def main(each: int = 10) -> None:
    """Print the matrix: shares right by size for clean and damaged bytes, by encoding, and where a peer is ahead."""
    made = {name: matrix(detector, each) for name, detector in detectors().items()}
    for title, damages in (("clean, or cut at the end", DAMAGES[:2]), ("stray or lost bytes", DAMAGES[2:])):
        rows = [[name, *(summed(m, _where(sizes=(n,), damages=damages)).share for n in SIZES)] for name, m in made.items()]
        print(f"\nshare of pages read rightly, {title}; by bytes of text\n" + table(["detector", *map(str, SIZES)], rows))
    rows = [[e, *(summed(m, _where(encodings=(e,))).share for m in made.values())] for e in ENCODINGS]
    print("\nby encoding\n" + table(["encoding", *made], rows))
    rows = [[e, *(summed(m, _where(labels=(e,))).share for m in made.values())] for e in LABELS]
    print("\nby label\n" + table(["label", *made], rows))
    mine = made.pop("zhicang")
    lost = losses(mine, made)
    print(f"\ncells of 200 bytes and more where a peer reads more pages: {len(lost)}")
    for cell, own, name, theirs in lost[:20]:
        print(" ", cell, own, name, theirs)
    missed: dict[tuple[str, int, str, str], Score] = {c: v for c, v in mine.items() if v.right < v.all}
    print(f"cells with a page read wrongly: {len(missed)} of {len(mine)}")
    for cell, own in list(missed.items())[:40]:
        print(" ", cell, own)
    _speed()


def _run(detector: Callable[[Sample], str | None], pages: list[Sample]) -> None:
    for s in pages:
        detector(s)


def _speed() -> None:
    bodies = defaultdict(list)
    for s in samples(3):
        if s.size == 10_000 and s.label == "meta right" and s.damage == "clean" and s.encoding in ("utf-8", "gbk", "big5"):
            bodies[s.encoding].append(s._replace(body=s.body * 5))
    rows = []
    base: dict[str, float] = {}
    for name, detector in detectors().items():
        took = {e: seconds(partial(_run, detector, b)) for e, b in bodies.items()}
        base = base or took
        rows.append([name, *(f"{base[e] / took[e]:.1f}" for e in bodies)])
    sizes = {e: sum(len(s.body) for s in b) for e, b in bodies.items()}
    told = ", ".join(f"{e} {sizes[e] / base[e] / 1e6:.0f} MB/s" for e in bodies)
    print(
        f"\nspeed on pages of 50 kB, as a multiple of ours ({told}; ours decodes and scores as well)\n"
        + table(["", *bodies], rows)
    )


if __name__ == "__main__":
    main()
