"""Bytes out of step: what can be known comes back, what cannot is marked, clean text is left alone, hostile text costs little."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from bench import common, repair
from transforms.byteshift import restore_shifted
from transforms.repair import mend
from transforms.traced import Traced

SEEDS = common.SHARED / "gold" / "seeds"
needs_shared = pytest.mark.skipif(not common.NEWS.exists(), reason="../shared is absent")


def mended(text):
    return mend(Traced.whole(text))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("出台《意見》。各地抓好落實?！毒V要》提出目標", "出台《意見》。各地抓好落實。《綱要》提出目標"),
    ],
)
def test_places(shown, text):
    assert repair.unshift(shown) == text


@pytest.mark.parametrize("text", ["你知道吗?我不知道。", "2020?年", "什么？！真的", "A?B", "授权多少件?(liàng)", "?", "率先(lǜ)"])
def test_a_question_is_no_damage(text):
    assert not restore_shifted(text)


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/gold is absent")
def test_five_places_of_the_seeds():
    found = [
        r
        for path in sorted(SEEDS.glob("*.txt"))
        for r in mended(path.read_text(encoding="utf-8")).repairs
        if r.kind == "byte_shift"
    ]
    assert len(found) == 5
    assert not any("\ufffd" in r.after for r in found)


@needs_shared
@pytest.mark.slow
def test_simulated_damage():
    assert repair.rates(repair.glued(), 60, whole=True).share >= 0.95
    lossy = repair.rates(repair.glued(), 20, whole=False)
    assert lossy.wrong <= 0.2 * sum(lossy)  # a guess that does not say so is the worst there is


@needs_shared
@pytest.mark.slow
def test_clean_lines_stay():
    assert repair.changed(10_000) == []


def test_clean_text_loads_no_dictionary():
    code = (
        "import sys; from transforms.repair import mend; from transforms.traced import Traced; "
        "mend(Traced.whole('全市专利授权量达到五千件，你知道吗?真的?')); sys.exit('jieba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("bit", ["\ufffd", "我們?cè)趪?guó)家", "專(zhuān)利", "È«Ê¡", "（", "Ã¦", "鍏ㄧ渷"])
def test_hostile_text_takes_linear_time(bit):
    def cost(size):
        start = time.process_time()
        mended(bit * (size // len(bit)))
        return time.process_time() - start

    cost(20_000)
    small = max(min(cost(20_000) for _ in range(2)), 0.02)
    assert cost(160_000) < 8 * 4 * small
