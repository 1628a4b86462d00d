"""The note as a Word document of two A4 pages that its readers can go on writing in."""

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Writing
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from app.figures import bars
from app.figures.note.text import EMPTY_LINES, GradeText, Note, Section, Table

# Arial is as wide as Liberation Sans, so that the pages break alike in Word and in LibreOffice.
_FONT = "Arial"
_TEXT, _SMALL, _HEAD, _TITLE = Pt(9.5), Pt(8.5), Pt(11.5), Pt(22)
_BLACK, _LINE = RGBColor(0x1B, 0x1B, 0x1B), "1B1B1B"
_WIDTH = 180.0
_LABEL, _FIGURE = 38.0, 38.0


def document(text: Note, language: str, footer: str, now: datetime) -> bytes:
    """The document, in a language ("da" or "en") that its readers' spelling checker is told of.

    `footer` stands below both pages, "" for nothing; `now` becomes the moment at which it was made.
    """
    writing = Document()
    _set_up(writing, text, language, now)
    _first_page(writing, text)
    _second_page(writing, text)
    below = writing.sections[0].footer.paragraphs[0]
    _write(below, footer, size=_SMALL)
    file = BytesIO()
    writing.save(file)
    return file.getvalue()


def _set_up(writing: Writing, text: Note, language: str, now: datetime) -> None:
    page = writing.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(15)
    page.top_margin, page.bottom_margin = Mm(12), Mm(12)
    page.header_distance = page.footer_distance = Mm(6)
    normal = writing.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = _FONT, _TEXT, _BLACK
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.05
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), {"da": "da-DK", "en": "en-GB"}[language])
    normal.element.get_or_add_rPr().append(told)
    for name, size, before in (("Title", _TITLE, 0), ("Heading 1", _HEAD, 8), ("Heading 2", Pt(10), 6)):
        _restyle(writing, name, size, Pt(before))
    about = writing.core_properties
    about.title, about.author, about.comments, about.language = text.title, "Pejling", text.kind, language
    about.created = about.modified = now


def _restyle(writing: Writing, name: str, size: Pt, before: Pt) -> None:
    style = writing.styles[name]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)  # a theme's font wins over the one that is named
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = _FONT, size, True, _BLACK
    style.paragraph_format.space_before, style.paragraph_format.space_after = before, Pt(2)
    style.paragraph_format.keep_with_next = True
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _first_page(writing: Writing, text: Note) -> None:
    writing.add_paragraph(text.title, "Title")
    _write(writing.add_paragraph(), text.kind, size=Pt(10.5))
    _line(writing, f"{text.period}    {text.municipality}: ", space=Pt(5))
    _section(writing, text.reach)
    _section(writing, text.seen)
    for grade in text.grades:
        _grade(writing, grade)
    for number, sentence in enumerate(text.left_out):
        _write(writing.add_paragraph(), sentence, size=_SMALL, before=Pt(0 if number else 5))


def _second_page(writing: Writing, text: Note) -> None:
    _heading(writing, text.twice.heading).paragraph_format.page_break_before = True
    _plain_table(writing, text.twice)
    _section(writing, text.beside)
    _section(writing, text.cannot, bullets=True)
    _heading(writing, text.proposals)
    for number in range(1, EMPTY_LINES + 1):
        _line(writing, f"{number}. ", space=Pt(8))
    _heading(writing, text.evaluation.heading)
    _box(writing, text.evaluation)


def _heading(writing: Writing, words: str) -> Paragraph:
    return writing.add_paragraph(words, "Heading 1")


def _section(writing: Writing, section: Section, *, bullets: bool = False) -> None:
    _heading(writing, section.heading)
    for words in section.paragraphs:
        paragraph = writing.add_paragraph(style="List Bullet") if bullets else writing.add_paragraph()
        _write(paragraph, words)
        paragraph.paragraph_format.space_after = Pt(1.5)


def _grade(writing: Writing, text: GradeText) -> None:
    writing.add_paragraph(text.heading, "Heading 2")
    sentence = writing.add_paragraph(text.sentence)
    sentence.paragraph_format.keep_with_next = True
    widths = [_LABEL, *[bars.WIDTH_MM, _FIGURE] * len(text.columns)]
    grid = _grid(writing, len(text.rows) + 1, widths)
    for at, title in enumerate(text.columns):
        _picture(grid.cell(0, 2 * at + 1), bars.axis(), "0–100 %")
        _write(_beside(grid.cell(0, 2 * at + 2)), title, size=_SMALL, bold=True)
    for row, (name, cells) in enumerate(text.rows, 1):
        _write(_in(grid.cell(row, 0)), name, size=_SMALL)
        for at, cell in enumerate(cells):
            _picture(grid.cell(row, 2 * at + 1), bars.row(cell.bar), f"{name}: {cell.text}")
            _write(_beside(grid.cell(row, 2 * at + 2)), cell.text, size=_SMALL)


def _plain_table(writing: Writing, table: Table) -> None:
    if table.rows:
        grid = _grid(writing, len(table.rows) + 1, [_WIDTH - 108, 54, 54])
        for row, cells in enumerate((table.columns, *table.rows)):
            for column, words in enumerate(cells):
                cell = grid.cell(row, column)
                _write(_spaced(cell), words, bold=row == 0)
                _edge(cell, "bottom")
    for number, words in enumerate(table.below):
        _write(writing.add_paragraph(), words, before=Pt(0 if number else 3))


def _box(writing: Writing, table: Table) -> None:
    grid = _grid(writing, len(table.rows), [42, _WIDTH - 42])
    for row, (question, answer) in enumerate(table.rows):
        for column, words in enumerate((question, answer)):
            cell = grid.cell(row, column)
            paragraph = _spaced(cell)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(1.5)
            _write(paragraph, words, bold=column == 0)
            for edge in ("top", "left", "bottom") if column == 0 else ("top", "bottom", "right"):
                _edge(cell, edge)


def _grid(writing: Writing, rows: int, widths: list[float]) -> Grid:
    grid: Grid = writing.add_table(rows, len(widths))
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    _no_padding(grid)
    for column, width in enumerate(widths):
        grid.columns[column].width = Mm(width)
        for row in range(rows):
            grid.cell(row, column).width = Mm(width)
            grid.cell(row, column).vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return grid


def _no_padding(grid: Grid) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # Word minds the order


def _edge(cell: _Cell, side: str) -> None:
    owner = cell._tc.get_or_add_tcPr()
    borders = owner.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        owner.find(qn("w:vAlign")).addprevious(borders)
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE)):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)


def _in(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.0
    return paragraph


def _beside(cell: _Cell) -> Paragraph:
    paragraph = _in(cell)
    paragraph.paragraph_format.left_indent = Mm(1)
    return paragraph


def _spaced(cell: _Cell) -> Paragraph:
    paragraph = _in(cell)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
    return paragraph


def _picture(cell: _Cell, png: bytes, meaning: str) -> None:
    run = _in(cell).add_run()
    run.font.size = Pt(1)  # or the line is taller than the picture, and the grid has gaps
    drawn = run.add_picture(BytesIO(png), Mm(bars.WIDTH_MM), Mm(bars.HEIGHT_MM))
    drawn._inline.docPr.set("descr", meaning)
    for side in ("distT", "distB", "distL", "distR"):
        drawn._inline.set(side, "0")  # LibreOffice leaves 3 mm where nothing is said


def _write(paragraph: Paragraph, words: str, *, size: Pt = _TEXT, bold: bool = False, before: Pt | None = None) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.bold = size, bold
    if before is not None:
        paragraph.paragraph_format.space_before = before


def _line(writing: Writing, words: str, *, space: Pt) -> None:
    """A line to write on: words, and a rule to the right margin."""
    paragraph = writing.add_paragraph(words + "\t")
    paragraph.paragraph_format.space_before = space
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
