"""Offline tool: make regions.csv from the public lists of codes.

python -m seeds.build_regions FOLDER     FOLDER holds list.json, history.json, diff.json and names.csv
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from seeds import ROOT

ABBREVIATIONS = {
    "110000": "京", "120000": "津", "130000": "冀", "140000": "晋", "150000": "蒙", "210000": "辽", "220000": "吉", "230000": "黑", "310000": "沪",
    "320000": "苏", "330000": "浙", "340000": "皖", "350000": "闽", "360000": "赣", "370000": "鲁", "410000": "豫", "420000": "鄂", "430000": "湘",
    "440000": "粤", "450000": "桂", "460000": "琼", "500000": "渝", "510000": "川", "520000": "黔", "530000": "滇", "540000": "藏", "610000": "陕",
    "620000": "甘", "630000": "青", "640000": "宁", "650000": "新", "710000": "台", "810000": "港", "820000": "澳",
    "330100": "杭", "440100": "穗", "330200": "甬", "510100": "蓉", "350100": "榕", "320100": "宁", "430100": "长", "330300": "温", "420100": "汉",
}  # fmt: skip
_ETHNIC = "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|撒拉|毛南|仡佬|锡伯|塔吉克|怒|俄罗斯|鄂温克|裕固|各"


def short(name: str) -> str:
    """A name without its class and peoples: 恩施土家族苗族自治州 -> 恩施."""
    import re

    for whole, brief in (
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("西藏自治区", "西藏"),
        ("宁夏回族自治区", "宁夏"),
        ("新疆维吾尔自治区", "新疆"),
    ):
        if name == whole:
            return brief
    made = re.sub("(?:特别行政区|自治州|自治县|自治旗|林区|特区|地区|新区|盟|省|市|县|区|旗|州)$", "", name)
    if name.endswith(("自治州", "自治县", "自治旗")):
        made = re.sub(f"(?:(?:{_ETHNIC})族?)+$", "", made) or made
    return made if len(made) > 1 else name


def level(code: str) -> int:
    """0 country, 1 province, 2 prefecture, 3 county."""
    return 0 if code == "100000" else 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def parent(code: str, known: set[str]) -> str:
    """The next division above that has a code."""
    if code == "100000":
        return ""
    for up in (code[:4] + "00", code[:2] + "0000"):
        if up != code and up in known:
            return up
    return "100000"


def build(folder: Path) -> list[list[object]]:
    """The rows of regions.csv, by code."""
    now = json.loads((folder / "list.json").read_text(encoding="utf-8"))
    ever = json.loads((folder / "history.json").read_text(encoding="utf-8"))
    successors = json.loads((folder / "diff.json").read_text(encoding="utf-8"))
    with (folder / "names.csv").open(encoding="utf-8-sig", newline="") as file:
        usual = {r["id"].ljust(6, "0")[:6]: r["name"] for r in csv.DictReader(file) if r["id"].isdigit() and len(r["id"]) <= 6}
    names = {"100000": "中国", **ever, **now}
    names = {
        c: n
        for c, n in names.items()
        if n not in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划") and c.isdigit()
    }
    rows: list[list[object]] = []
    for code in sorted(names):
        name = names[code]
        brief = "中国" if code == "100000" else short(name)
        other = usual.get(code, "")
        aliases = []
        if name.endswith("自治州"):
            aliases.append(brief + "州")
        if name.endswith(("自治县", "自治旗")) and len(brief) > 1:
            aliases.append(brief + ("县" if name.endswith("县") else "旗"))
        if other and other not in (name, brief) and len(other) > 1 and level(code) < 3:
            aliases.append(other)
        status = "current" if code in now or code == "100000" else "historic"
        rows.append(
            [
                code,
                name,
                brief,
                level(code),
                parent(code, set(names)),
                status,
                "|".join(s for s in successors.get(code, ()) if s in names),
                ABBREVIATIONS.get(code, ""),
                "|".join(dict.fromkeys(aliases)),
            ]
        )
    return rows


def main() -> None:
    """Write regions.csv."""
    with (ROOT / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "name_zh", "short_name", "level", "parent", "status", "successors", "abbreviation", "aliases"])
        out.writerows(build(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
