"""Words of the document counted with jieba: our own tokenizer, our dictionary, a private cache."""

from __future__ import annotations

import warnings
from collections import Counter
from functools import cache
from typing import Any

from transforms.frames import terms


@cache
def tokenizer() -> Any:
    """A jieba tokenizer of our own with the words of the subject; made once a process.

    jieba's default cache is a file that all users of a machine share; ours lies in the user's cache folder.
    """
    import os
    from pathlib import Path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in jieba's own source
        import jieba
    jieba.setLogLevel("WARNING")
    made = jieba.Tokenizer()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhicang"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made.tmp_dir, made.cache_file = str(folder), "jieba-0.42.1.cache"
    except OSError:
        made.cache_file = None
    for word in terms().words():
        if len(word) > 1:
            made.add_word(word)
    return made


def count_terms(text: str, most: int = 200) -> tuple[tuple[str, int], ...]:
    """The most frequent words of two characters or more, with their counts; ties in the order of the code points."""
    counts = Counter(w for w in tokenizer().cut(text, HMM=False) if len(w) > 1 and all("\u4e00" <= c <= "\u9fff" for c in w))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])
