"""Charts: DrawingML that Word draws and restyles, with the workbook that its numbers come from.

Bars lie, the first at the top, so that long names and many of them can be read. What tells series apart shows in black
and white: hatching, dashes, markers, and the value at each bar or point. All colours are written out, and each number
stands in the chart as well as in its workbook, so that every reader shows the same without recalculating.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from html import escape
from typing import Final

from docgen.dataclass import dataclass
from docgen.standard.build.ooxml import paragraph, plain, run, w
from docgen.standard.build.package import zip_parts
from docgen.standard.build.styles import exact
from docgen.standard.measures import page
from docgen.standard.measures.fonts import GB2312
from docgen.standard.measures.lengths import Length, Mm

_MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_EMU: Final = 635  # a twip
WORKBOOK: Final = "rId1"
"""The id by which a chart names its workbook."""
_BAR: Final = Mm(8)
_AROUND: Final = Mm(16)
_LINES: Final = Mm(75)
_TALLEST: Final = Mm(200)
_SIZE: Final = 1050  # hundredths of a point
_INK: Final = "262626"
_FILLS: Final = (("", "595959"), ("wdUpDiag", "404040"), ("", "FFFFFF"), ("pct25", "404040"), ("dkHorz", "404040"),
                 ("diagCross", "404040"))  # fmt: skip
_DASHES: Final = ("solid", "dash", "sysDot", "lgDashDot", "lgDash", "sysDash")
_MARKERS: Final = ("circle", "square", "triangle", "diamond", "x", "plus")
MOST_SERIES: Final = len(_FILLS)


class Kind(Enum):
    """How a chart shows its numbers, as templates say it."""

    BARS = "柱"
    LINES = "线"
    STACKED = "叠"


@dataclass(frozen=True)
class Series:
    """Numbers under one name, one for each category; None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart.

    Args:
        kind: how it shows its numbers.
        categories: what the numbers are of, in the order of reading.
        series: at most `MOST_SERIES`; several are told apart in a legend.
        unit: written behind each value, as `%`; empty for none.
    """

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    @property
    def height(self) -> Length:
        """Return how high it is drawn."""
        if self.kind is Kind.LINES:
            return _LINES
        bars = len(self.categories) * (len(self.series) if self.kind is Kind.BARS else 1)
        return min(_TALLEST, _AROUND + _BAR * bars)


def chart_part(chart: Chart) -> str:
    """Return the chart's part; `WORKBOOK` is the id of the relationship to its workbook."""
    drawn = _lines(chart) if chart.kind is Kind.LINES else _bars(chart)
    legend = _legend() if len(chart.series) > 1 else ""
    plot = plain("c:plotArea", plain("c:layout"), drawn, *_axes(chart))
    content = (
        plain("c:roundedCorners", val=0),
        plain(
            "c:chart", plain("c:autoTitleDeleted", val=1), plot, legend, plain("c:plotVisOnly", val=1),
            plain("c:dispBlanksAs", val="gap"),
        ),
        plain("c:spPr", plain("a:solidFill", _colour("FFFFFF")), plain("a:ln", plain("a:noFill"))),
        _type(),
        plain("c:externalData", plain("c:autoUpdate", val=0), **{"r:id": WORKBOOK}),
    )  # fmt: skip
    spaces = {"xmlns:c": f"{_MAIN}/chart", "xmlns:a": f"{_MAIN}/main", "xmlns:r": _OFFICE}
    return plain("c:chartSpace", *content, **spaces)


def _bars(chart: Chart) -> str:
    stacked = chart.kind is Kind.STACKED
    series = (_series(chart, place, _fill(place)) for place in range(len(chart.series)))
    return plain(
        "c:barChart", plain("c:barDir", val="bar"), plain("c:grouping", val="stacked" if stacked else "clustered"),
        plain("c:varyColors", val=0), *series, plain("c:gapWidth", val=40),
        plain("c:overlap", val=100) if stacked else "", *_axis_ids(),
    )  # fmt: skip


def _lines(chart: Chart) -> str:
    series = (_series(chart, place, _line(place), _marker(place)) for place in range(len(chart.series)))
    return plain(
        "c:lineChart", plain("c:grouping", val="standard"), plain("c:varyColors", val=0), *series,
        plain("c:marker", val=1), *_axis_ids(),
    )  # fmt: skip


def _series(chart: Chart, place: int, looks: str, marker: str = "") -> str:
    series, column = chart.series[place], _column(place + 1)
    count = len(chart.categories)
    inverted = "" if chart.kind is Kind.LINES else plain("c:invertIfNegative", val=0)
    return plain(
        "c:ser", plain("c:idx", val=place), plain("c:order", val=place),
        plain("c:tx", _texts(f"{_SHEET}!${column}$1", (series.name,))), looks, marker, inverted, _labels(chart),
        plain("c:cat", _texts(f"{_SHEET}!$A$2:$A${count + 1}", chart.categories)),
        plain("c:val", _numbers(f"{_SHEET}!${column}$2:${column}${count + 1}", series.values, chart)),
        plain("c:smooth", val=0) if chart.kind is Kind.LINES else "",
    )  # fmt: skip


def _labels(chart: Chart) -> str:
    place = {Kind.BARS: "outEnd", Kind.STACKED: "ctr", Kind.LINES: "t"}[chart.kind]
    backing = plain("a:solidFill", _colour("FFFFFF")) if chart.kind is Kind.STACKED else plain("a:noFill")
    shown = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    return plain(
        "c:dLbls", plain("c:numFmt", formatCode=_format(chart), sourceLinked=0), plain("c:spPr", backing), _type(),
        plain("c:dLblPos", val=place), *(plain(f"c:show{name}", val=each) for name, each in shown.items()),
    )  # fmt: skip


def _format(chart: Chart) -> str:
    """Return how numbers are written; in stacks nothing where there is nothing."""
    unit = chart.unit.replace('"', "")
    bare = f'General"{unit}"' if unit else "General"
    return f"{bare};{bare};" if chart.kind is Kind.STACKED else bare


def _axes(chart: Chart) -> tuple[str, str]:
    lines = chart.kind is Kind.LINES
    no_line = plain("c:spPr", plain("a:ln", plain("a:noFill")))
    category = plain(
        "c:catAx", plain("c:axId", val=1001),
        plain("c:scaling", plain("c:orientation", val="minMax" if lines else "maxMin")), plain("c:delete", val=0),
        plain("c:axPos", val="b" if lines else "l"), plain("c:numFmt", formatCode="General", sourceLinked=0),
        plain("c:majorTickMark", val="none"), plain("c:minorTickMark", val="none"), plain("c:tickLblPos", val="low"),
        plain("c:spPr", _stroke(9525)), _type(), plain("c:crossAx", val=1002), plain("c:crosses", val="autoZero"),
        plain("c:auto", val=0), plain("c:lblAlgn", val="ctr"), plain("c:lblOffset", val=100),
        plain("c:noMultiLvlLbl", val=1),
    )  # fmt: skip
    number = plain(
        "c:valAx", plain("c:axId", val=1002),
        plain("c:scaling", plain("c:orientation", val="minMax"), plain("c:min", val=0)),
        plain("c:delete", val=1), plain("c:axPos", val="l" if lines else "t"),
        plain("c:numFmt", formatCode="General", sourceLinked=0), plain("c:majorTickMark", val="none"),
        plain("c:minorTickMark", val="none"), plain("c:tickLblPos", val="none"), no_line,
        plain("c:crossAx", val=1001), plain("c:crosses", val="autoZero"),
    )  # fmt: skip
    return category, number


def _axis_ids() -> tuple[str, str]:
    return plain("c:axId", val=1001), plain("c:axId", val=1002)


def _legend() -> str:
    return plain("c:legend", plain("c:legendPos", val="b"), plain("c:overlay", val=0), _type())


def _type() -> str:
    """Return the type of all words: that of the text, smaller."""
    face = GB2312.body
    faces = (plain(f"a:{script}", typeface=face) for script in ("latin", "ea", "cs"))
    looks = plain("a:defRPr", plain("a:solidFill", _colour("000000")), *faces, sz=_SIZE, b=0)
    return plain(
        "c:txPr",
        plain("a:bodyPr", rot=0, vert="horz"),
        plain("a:lstStyle"),
        plain("a:p", plain("a:pPr", looks)),
    )


def _fill(place: int) -> str:
    pattern, colour = _FILLS[place]
    if pattern:
        colours = plain("a:fgClr", _colour(colour)), plain("a:bgClr", _colour("FFFFFF"))
        return plain("c:spPr", plain("a:pattFill", *colours, prst=pattern), _stroke(9525))
    return plain("c:spPr", plain("a:solidFill", _colour(colour)), _stroke(9525))


def _line(place: int) -> str:
    return plain("c:spPr", _stroke(22225, _DASHES[place]))


def _marker(place: int) -> str:
    inside = plain("a:solidFill", _colour("FFFFFF" if place % 2 else _INK))
    return plain(
        "c:marker",
        plain("c:symbol", val=_MARKERS[place]),
        plain("c:size", val=7),
        plain("c:spPr", inside, _stroke(9525)),
    )


def _stroke(width: int, dash: str = "solid") -> str:
    return plain("a:ln", plain("a:solidFill", _colour(_INK)), plain("a:prstDash", val=dash), w=width)


def _colour(rgb: str) -> str:
    return plain("a:srgbClr", val=rgb)


_SHEET: Final = "数据"


def _texts(where: str, words: Sequence[str]) -> str:
    points = (
        plain("c:pt", plain("c:v", escape(each, quote=False)), idx=place) for place, each in enumerate(words)
    )
    kept = plain("c:strCache", plain("c:ptCount", val=len(words)), *points)
    return plain("c:strRef", plain("c:f", where), kept)


def _numbers(where: str, values: Sequence[Decimal | None], chart: Chart) -> str:
    points = (
        plain("c:pt", plain("c:v", f"{each:f}"), idx=place)
        for place, each in enumerate(values)
        if each is not None
    )
    form = plain("c:formatCode", escape(_format(chart), quote=False))
    kept = plain("c:numCache", form, plain("c:ptCount", val=len(values)), *points)
    return plain("c:numRef", plain("c:f", where), kept)


def _column(place: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


def workbook_of(chart: Chart) -> bytes:
    """Return the workbook of a chart; equal charts give equal bytes."""
    heads = ("", *(each.name for each in chart.series))
    rows = [_row(1, heads)]
    for place, name in enumerate(chart.categories):
        rows.append(_row(place + 2, (name, *(each.values[place] for each in chart.series))))
    types = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet"}
    overrides = (
        plain(
            "Override", PartName=f"/{name}",
            ContentType=f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml",
        )
        for name, kind in types.items()
    )  # fmt: skip
    rels = plain(
        "Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"
    )
    xml = plain("Default", Extension="xml", ContentType="application/xml")
    sheets = plain("sheets", plain("sheet", name=_SHEET, sheetId=1, **{"r:id": "rId1"}))
    return zip_parts(
        {
            "[Content_Types].xml": plain("Types", rels, xml, *overrides, xmlns=f"{_PACKAGE}/content-types"),
            "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": plain("workbook", sheets, xmlns=_SHEETS, **{"xmlns:r": _OFFICE}),
            "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": plain("worksheet", plain("sheetData", *rows), xmlns=_SHEETS),
        }
    )


def _relation(kind: str, target: str) -> str:
    one = plain("Relationship", Id="rId1", Type=f"{_OFFICE}/{kind}", Target=target)
    return plain("Relationships", one, xmlns=f"{_PACKAGE}/relationships")


def _row(number: int, cells: Sequence[str | Decimal | None]) -> str:
    made = (_cell(f"{_column(place)}{number}", each) for place, each in enumerate(cells))
    return plain("row", *made, r=number)


def _cell(where: str, value: str | Decimal | None) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return plain("c", plain("v", f"{value:f}"), r=where)
    return plain("c", plain("is", plain("t", escape(value, quote=False))), r=where, t="inlineStr")


def chart_paragraphs(chart: Chart, relation: str, caption: str) -> str:
    """Return the paragraphs of a chart: the drawing as wide as the text, and its caption below (图1　…).

    Args:
        chart: what is drawn.
        relation: the id of the relationship to its part.
        caption: with its number.
    """
    size = {"cx": page.TEXT_WIDTH.twips * _EMU, "cy": chart.height.twips * _EMU}
    named = plain("wp:docPr", id=1, name="图", descr=escape(caption, quote=False))
    graphic = plain(
        "a:graphic",
        plain(
            "a:graphicData",
            plain("c:chart", **{"xmlns:c": f"{_MAIN}/chart", "xmlns:r": _OFFICE, "r:id": relation}),
            uri=f"{_MAIN}/chart",
        ),
        **{"xmlns:a": f"{_MAIN}/main"},
    )
    inline = plain(
        "wp:inline", plain("wp:extent", **size), named, plain("wp:cNvGraphicFramePr"), graphic,
        distT=0, distB=0, distL=0, distR=0, **{"xmlns:wp": f"{_MAIN}/wordprocessingDrawing"},
    )  # fmt: skip
    centred = w("jc", val="center")
    # Lines of exact height cut off the top of what stands in them; pages are estimated by this height all the same.
    room = w("spacing", before=0, after=0, line=chart.height.twips, lineRule="atLeast")
    drawn = paragraph("Cell", w("r", w("drawing", inline)), layout=(w("keepNext"), room, centred))
    return drawn + paragraph("Cell", run(caption), layout=(exact(page.LINE), centred))
