"""Repair: simulated damage put back, clean text left alone, round trips through wrong codecs, spun text; against ftfy and OpenCC.

The damage is made by ../shared/gold/damage.py as it was found on real pages. A line is `exact` when it comes back to the letter,
`flagged` when a mark of loss stands in it, `wrong` when it says something else and does not tell. `whole` lines lost no byte but
those of the mirror's own brackets, so that everything can be known; on the others some characters cannot.
"""

from __future__ import annotations

import random
import sys
from functools import cache, partial
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.common import SHARED, news, peer, seconds, table
from transforms.byteshift import restore_shifted
from transforms.decode import decode
from transforms.html import read_text
from transforms.lines import classify
from transforms.pinyin import strip_readings
from transforms.records import RawPage
from transforms.repair import mend
from transforms.roundtrip import round_trip
from transforms.spun import is_spun
from transforms.traced import Traced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAMAGE = SHARED / "gold" / "damage.py"
PAIRS = [(right, wrong) for right in ("utf-8", "gb18030", "big5hkscs") for wrong in ("latin-1", "cp1252", "gb18030", "big5hkscs")]
COSMETIC = frozenset(["space", "width", "zero_width"])


class Rates(NamedTuple):
    """Lines by what became of them."""

    exact: int
    flagged: int
    wrong: int

    @property
    def share(self) -> float:
        """Exact ones, from 0 to 1."""
        return self.exact / max(1, sum(self))


@cache
def damage() -> Any:
    """The module that damages texts."""
    spec = spec_from_file_location("zhicang_damage", DAMAGE)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(DAMAGE)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def unshift(text: str) -> str:
    """Bytes in step and readings off: what undoes a mirror."""
    traced = Traced.whole(text)
    for step in (restore_shifted, strip_readings):
        traced = traced.edit(step(traced.text))
    return traced.text


def glued() -> Iterator[tuple[str, str, bool]]:
    """Lines whose readings broke characters: clean, damaged, and whether no byte was lost."""
    made = damage()
    for line in _shuffled():
        clean = made.traditional(line)
        if "?" in clean or clean.encode("gbk", "ignore").decode("gbk") != clean:
            continue
        damaged = made.glue_pinyin(clean, convert=False)
        if "?" in damaged:
            yield clean, damaged, _kept(made, clean)


def _kept(made: Any, clean: str) -> bool:
    """Whether the mirror's reader swallowed nothing but opening brackets of its own."""
    raw = clean.encode("gbk")
    for c in sorted(dict.fromkeys(made.TABLE_B), key=made._T2S.convert):  # noqa: SLF001  as it damages
        raw = raw.replace(c.encode("gbk"), made._gbk(f"{c}({_reading(made, c)})"))  # noqa: SLF001
    at = 0
    while at < len(raw):
        if raw[at] < 0x80:
            at += 1
            continue
        pair = raw[at : at + 2]
        try:
            pair.decode("gbk")
        except UnicodeDecodeError:
            if pair[1:] != b"(":
                return False
        at += 2
    return True


def _reading(made: Any, c: str) -> str:
    return str(made._READING.get(c) or made.pinyin(c, style=made.Style.TONE)[0][0])  # noqa: SLF001


def lost_leads() -> Iterator[tuple[str, str, bool]]:
    """Lines that lost the first byte of a full stop."""
    made = damage()
    for line in _shuffled():
        clean = made.traditional(line)
        damaged = made.lose_lead(clean)
        if "?" not in clean and damaged != clean and clean.encode("gbk", "ignore").decode("gbk") == clean:
            yield clean, damaged, False


@cache
def _shuffled() -> tuple[str, ...]:
    lines = list(news())
    random.Random(7).shuffle(lines)
    return tuple(lines)


def rates(lines: Iterator[tuple[str, str, bool]], most: int, whole: bool | None = None) -> Rates:
    """What becomes of the first lines (of those that lost nothing, if asked)."""
    counts = [0, 0, 0]
    for clean, damaged, kept in lines:
        if whole is not None and kept != whole:
            continue
        made = unshift(damaged)
        counts[0 if made == clean else 1 if "?" in made or "\ufffd" in made else 2] += 1
        if sum(counts) == most:
            break
    return Rates(*counts)


def changed(most: int) -> list[str]:
    """Clean lines that mending changes in more than width and spaces: there must be none."""
    return [line for line in news()[:most] if any(r.kind not in COSMETIC for r in mend(Traced.whole(line)).repairs)]


def trips(right: str, wrong: str, each: int, fix: Callable[[str], str]) -> float:
    """Share of lines that come back from a wrong codec to the letter."""
    rng = random.Random(3)
    good = 0
    for line in rng.sample([x for x in news() if len(x) > 30], each):
        text = line[:80]
        if right == "big5hkscs":
            text = damage().traditional(text)
        raw = text.encode(right, "ignore")
        if wrong == "cp1252":  # as browsers do
            shown = "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in raw)
        else:
            shown = raw.decode(wrong, "replace")
        good += fix(shown) == raw.decode(right)
    return good / each


def untrip(text: str) -> str:
    """Our own repair of round trips."""
    traced = Traced.whole(text)
    return traced.edit(round_trip(text)).text


def cleaned(page: str) -> None:
    """The whole of decoding, mending and line roles on one page."""
    text = mend(read_text(decode(RawPage("", page.encode())).text).text).text.text
    classify(text)


def main(most: int = 300) -> None:
    """Print all of it."""
    rows = [
        ["glued readings, whole lines", *(r := rates(glued(), most, whole=True)), r.share],
        ["glued readings, bytes lost", *(r := rates(glued(), most // 3, whole=False)), r.share],
        ["lost first byte", *(r := rates(lost_leads(), most // 3)), r.share],
    ]
    print(table(["damage", "exact", "flagged", "wrong", "share"], rows))
    print(f"\nclean lines changed: {len(changed(12_000))} of 12000")
    spun = sum(is_spun(damage().spin(line)) for line in news()[:2000] if len(line) > 200)
    print(f"spun paragraphs told: {spun} of {sum(len(x) > 200 for x in news()[:2000])}; clean ones: {sum(map(is_spun, news()))}")
    ftfy = peer("ftfy")
    fix = (
        partial(ftfy.fix_text, uncurl_quotes=False, fix_character_width=False) if ftfy else None
    )  # it would change clean Chinese
    rows = [
        [f"{right} read as {wrong}", trips(right, wrong, 150, untrip), trips(right, wrong, 150, fix) if fix else "-"]
        for right, wrong in PAIRS
        if right != wrong
    ]
    print("\nround trips, share of lines back to the letter\n" + table(["", "zhicang", "ftfy"], rows))
    lines = news()[:4000]
    pages = ["\n".join(lines[i : i + 20]) for i in range(0, len(lines), 20)]
    took = seconds(partial(_each, cleaned, pages))
    print(
        f"\ndecoding, mending and line roles: {sum(len(p.encode()) for p in pages) / took / 1e6:.1f} MB/s on clean text, one core"
    )
    if fix:
        print(f"ftfy alone takes {seconds(partial(_each, fix, pages), 1) / took:.1f} times as long")


def _each(run: Callable[[str], object], pages: list[str]) -> None:
    for page in pages:
        run(page)


if __name__ == "__main__":
    main()
