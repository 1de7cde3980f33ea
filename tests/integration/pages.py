"""Small pages for the tests, written for them: figures may be true, sentences are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PAGE = """<html><head><meta charset="{charset}"><title>{title} - 某某市知识产权信息网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news">要闻</a> <a href="/about">关于我们</a></div>
<h1>{title}</h1><p>发布时间：{date} 来源：{source}</p>{body}<div class="footer">版权所有 电话 0731-12345678</div></body></html>"""


def _html(title: str, date: str, source: str, *paragraphs: str, charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return _PAGE.format(charset=charset, title=title, date=date, source=source, body=body).encode(
        "gb18030" if charset == "gbk" else charset
    )


GOOD: dict[str, bytes] = {
    "hunan-2020.html": _html(
        "湖南省知识产权工作再上新台阶", "2021-03-25", "湖南省知识产权局",
        "3月24日，全省知识产权工作会议在长沙召开，来自各市州的代表参加了会议。",
        "2020年，全省专利授权量78723件，同比增长43.96%，其中发明专利授权量11537件。截至年底，全省发明专利拥有量56285件，居全国第10位。",
        charset="gbk",
    ),
    "plan.txt": "杭州市知识产权强市建设行动计划\n2022-06-01\n到2025年，全市每万人口高价值发明专利拥有量达到35件以上，专利权质押融资额力争达到300亿元。\n".encode(),
    "damaged.txt": "福州市召開知識產(chǎn)權(quán)工作會議\n發(fā)布時間：2019-02-20\n會議指出，2018年全市實(shí)現(xiàn)發(fā)明專利申請量9120件，每萬人發(fā)明專利擁有量達(dá)14.2件。\n".encode(),
    "nothing.html": _html("春季植树活动顺利开展", "2020-03-12", "某某镇", "清晨，志愿者们来到山坡上，大家分工合作，挖坑、扶苗、培土、浇水，现场一片忙碌。"),
    "deep/table.html": _html(
        "2019年各市专利授权情况", "2020-01-15", "江苏省知识产权局",
        "2019年，全省专利授权量314395件，比上年增长2.4%。",
    ),
}  # fmt: skip

BAD: dict[str, tuple[bytes, str]] = {  # with the words of the reason
    "empty.html": (b"", "the page is empty"),
    "blank.txt": (b" \n\t\n", "the page is empty"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "no text"),
    "program.txt": (bytes(range(256)) * 40, "no text"),
    "unknown.txt": (bytes(1 + (n * 7919 + n * n * 31) % 255 for n in range(4000)), "no known encoding fits"),
}


def write(folder: Path, pages: dict[str, bytes]) -> Path:
    """Put pages into a folder."""
    for name, body in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return folder
