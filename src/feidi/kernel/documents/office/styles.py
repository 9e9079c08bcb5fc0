"""The page and the paragraph styles of official papers (habits of GB/T 9704): fonts are named, never embedded."""

from __future__ import annotations

from typing import Final, cast

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

SONG_TITLE: Final = "方正小标宋简体"
FANG_SONG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
HEI: Final = "黑体"
SONG: Final = "宋体"
#: What a machine without the licensed font may use instead, in the docx's own table of fonts.
ALTERNATIVES: Final = {SONG_TITLE: "小标宋", FANG_SONG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun"}
RED: Final = RGBColor(0xFF, 0x00, 0x00)
GREY: Final = RGBColor(0x80, 0x80, 0x80)

TWO: Final = Pt(22)
THREE: Final = Pt(16)
FOUR: Final = Pt(14)
SMALL_FOUR: Final = Pt(12)
FIVE: Final = Pt(10.5)
#: 225 mm hold 22 lines.
LINE: Final = Pt(28.95)
_GRID_PITCH: Final = 579
#: 156 mm hold 28 characters of 16 pt when each gives up 0.25 pt (in twentieths of a point). A grid of characters
#: would say the same, but LibreOffice sets it far too wide.
_TIGHTER: Final = -5

TITLE, ADDRESSEE, SIGNATURE, MASTHEAD, CELL = "公文标题", "公文主送", "公文署名", "公文报头", "公文表格"
#: Paragraphs of these styles, and headings, are not counted as paragraphs of the text.
FRAME_STYLES: Final = frozenset({TITLE, ADDRESSEE, SIGNATURE, MASTHEAD, CELL})

HUNDREDTHS: Final = 100


def element(name: str) -> BaseOxmlElement:
    """Return a new element of WordprocessingML."""
    return cast("BaseOxmlElement", OxmlElement(name))


def set_page(document: Document, *, sheet: bool, landscape: bool) -> None:
    """Set A4, the margins of the text area (156 x 225 mm; forms are wider) and 22 lines of 28 characters."""
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    top, right, bottom, left = (25, 20, 25, 20) if sheet else (37, 26, 35, 28)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    # the page number's line is centred 7 mm below the text area
    section.footer_distance, section.header_distance = Mm(bottom - 9.5), Mm(15)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no grid of its own
    if grid is None:
        grid = element("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001
    if not sheet:
        grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(_GRID_PITCH))


def set_styles(document: Document) -> None:
    """Define the styles: body 三号仿宋, four headings, title 二号小标宋, addressee, signature, masthead, table cells."""
    normal = _of(document, "Normal")
    _set(normal, FANG_SONG, THREE)
    _spaced(normal, LINE)
    tighter = element("w:spacing")
    tighter.set(qn("w:val"), str(_TIGHTER))
    normal.element.get_or_add_rPr().insert_element_before(tighter, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    _language(document)
    for level, font in ((1, HEI), (2, KAI), (3, FANG_SONG), (4, FANG_SONG)):
        heading = _of(document, f"Heading {level}")
        _set(heading, font, THREE, bold=level == 3)  # noqa: PLR2004 - 三级标题 is bold by habit
        _spaced(heading, LINE)
        heading.paragraph_format.keep_with_next = True
        indent(heading.paragraph_format._element.get_or_add_pPr(), first=2)  # noqa: SLF001
    _set(_new(document, TITLE), SONG_TITLE, TWO)
    _spaced(_of(document, TITLE), Pt(34))
    _off_grid(_of(document, TITLE))
    for name in (ADDRESSEE, SIGNATURE, MASTHEAD):
        _set(_new(document, name), FANG_SONG, THREE)
    cell = _new(document, CELL)
    _set(cell, FANG_SONG, SMALL_FOUR)
    cell.paragraph_format.line_spacing = 1.0
    _off_grid(cell)


def _of(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        message = f"{name} is no paragraph style"
        raise TypeError(message)
    return style


def _new(document: Document, name: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        message = f"{name} is no paragraph style"
        raise TypeError(message)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _set(style: ParagraphStyle, font: str, size: Length, *, bold: bool = False) -> None:
    style.font.size, style.font.bold, style.font.italic = size, bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    name_fonts(style.element.get_or_add_rPr(), font)


def _spaced(style: ParagraphStyle, line: Length) -> None:
    style.paragraph_format.line_spacing = line
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.widow_control = False


def _off_grid(style: ParagraphStyle) -> None:
    grid = element("w:snapToGrid")
    grid.set(qn("w:val"), "0")
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(grid, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _language(document: Document) -> None:
    """Say that the text is Chinese, so that lines break as in Chinese; the theme's fonts give way to the named ones."""
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for language in properties.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        for fonts in properties.iter(qn("w:rFonts")):
            name_fonts(fonts.getparent(), FANG_SONG)


def name_fonts(properties: BaseOxmlElement, font: str) -> None:
    """Name one font for every script of a run or style, in place of what the theme says."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("w:rFonts")
        properties.insert(1 if properties.find(qn("w:rStyle")) is not None else 0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    # quotation marks and dashes take the Chinese shape
    fonts.set(qn("w:hint"), "eastAsia")


def indent(
    properties: BaseOxmlElement, *, first: float = 0, left: float = 0, right: float = 0, hanging: float = 0
) -> None:
    """Indent a paragraph by characters (and by the same in points, for programs that do not count characters)."""
    found = properties.find(qn("w:ind"))
    if found is None:
        found = element("w:ind")
        properties.insert_element_before(found, "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
    for name, chars in (("firstLine", first), ("left", left), ("right", right), ("hanging", hanging)):
        if chars:
            found.set(qn(f"w:{name}Chars"), str(round(chars * HUNDREDTHS)))
            found.set(qn(f"w:{name}"), str(round(chars * THREE.pt * 20)))


def font_table() -> bytes:
    """Return the docx's table of fonts: names with alternatives, nothing embedded."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        f'<w:pitch w:val="default"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    return text.encode()


def watermark(text: str) -> BaseOxmlElement:
    """Return the run of a slanting grey text behind the page, to stand in a header."""
    shown = text.replace("&", "").replace("<", "").replace('"', "")
    width = min(420, 70 * len(shown))
    return parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="FeidiWatermark" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;'
        f"margin-left:0;margin-top:0;width:{width}pt;height:{width / max(1, len(shown)):.0f}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="{shown}"/>'
        "</v:shape></w:pict></w:r>"
    )
