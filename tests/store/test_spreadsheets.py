"""Tables are read as their owner sees them, or refused with a sentence; no bytes bring the reader down."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.language import Translate, danish
from app.store.spreadsheets import MAX_BYTES, MAX_ROWS, Row, SpreadsheetError, Table, read_table
from tests.store.conftest import Saved

REQUIRED = ("Skole", "Klasse")
PLAIN = "Skole;Klasse\nÅkandeskolen;7.A\n"
SEVEN_A = Row(2, {"Skole": "Åkandeskolen", "Klasse": "7.A"})
HEADER = """<row r="1"><c r="A1" t="inlineStr"><is><t>Skole</t></is></c>
    <c r="B1" t="inlineStr"><is><t>Klasse</t></is></c></row>"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OOXML = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_OOXML}/package/2006/content-types">
        <Default Extension="xml" ContentType="application/xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_OOXML}/package/2006/relationships"><Relationship Id="r1"
        Type="{_OOXML}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_OOXML}/spreadsheetml/2006/main"
        xmlns:r="{_OOXML}/officeDocument/2006/relationships">
        <sheets><sheet name="Ark1" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_OOXML}/package/2006/relationships"><Relationship Id="r1"
        Type="{_OOXML}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""",
}


def read(content: bytes | str, *required: str) -> Table:
    """The table of a file called fil."""
    encoded = content.encode() if isinstance(content, str) else content
    return read_table(encoded, "fil", required or REQUIRED, danish)


def workbook(sheet: str, **parts: str) -> bytes:
    """An XLSX file whose only sheet holds these rows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, **parts}.items():
            archive.writestr(name, text)
        body = f'<worksheet xmlns="{_OOXML}/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", body)
    return made.getvalue()


def another_zip() -> bytes:
    """A file like a text document: packed as a workbook is, and none."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return made.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "csv_1252", "csv_utf8"])
def test_a_table_saved_by_libreoffice_in_danish_is_read_as_its_owner_sees_it(saved: Saved, kind: str) -> None:
    header = ("Skole", "Klasse", "Klassetrin", "Elever", "Snit")
    rows = [
        (4, ("Skovtroldeskolen", "7.A", "7", "22", "12,5")),
        (5, ("Skolen; ved åen", '8. "B"', "8. klasse", "", "0,3")),
        (7, ("Ærtebælgskolen", "9.C", "9", "24", "1234,5")),
    ]
    expected = tuple(Row(number, dict(zip(header, cells, strict=True))) for number, cells in rows)
    assert read_table(getattr(saved, kind), "klasser", ("Skole", "Klasse", "Klassetrin"), danish) == Table(
        header, expected
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_is_read_in_every_usual_dress(encoding: str, delimiter: str, ending: str) -> None:
    dressed = PLAIN.replace(";", delimiter).replace("\n", ending).encode(encoding)
    assert read(dressed) == Table(("Skole", "Klasse"), (SEVEN_A,))


def test_a_quoted_field_holds_delimiters_quotes_and_lines_and_counts_as_one_row() -> None:
    table = read('Skole;Klasse\n"Skolen; ""ved""\nåen";7.A\nÅkandeskolen;7.B\n')
    assert table.rows[0] == Row(2, {"Skole": 'Skolen; "ved"\nåen', "Klasse": "7.A"})
    assert table.rows[1].number == 3


@pytest.mark.parametrize("heading", ["skole", "SKOLE", "  Skole ", "Skole\u00a0"])
def test_a_heading_is_recognised_however_it_is_typed_and_kept_as_written(heading: str) -> None:
    table = read(f"{heading};Klasse\nÅkandeskolen;7.A\n")
    assert table.header == (heading, "Klasse")
    assert table.rows[0].cells[heading] == "Åkandeskolen"


def test_spaces_within_a_heading_and_the_two_ways_to_write_å_make_no_difference() -> None:
    assert read("Antal   elever;a\u030ar\n22;2026\n", "antal elever", "år").rows[0].number == 2


def test_the_header_is_the_first_row_with_every_required_name() -> None:
    table = read("Skole og klasse, 2026\n;\nSkole;Trin\nSkole;Klasse\nÅkandeskolen;7.A\nSkole;Klasse\n")
    assert [row.number for row in table.rows] == [5, 6]


def test_a_row_with_one_cell_is_a_title_and_no_header() -> None:
    assert read("Skole;\nSkole;Klasse\nÅkandeskolen;7.A\n", "Skole").header == ("Skole", "Klasse")
    with pytest.raises(SpreadsheetError, match=r"^fil mangler kolonner: Skole\.$"):
        read("Skole\nÅkandeskolen\n", "Skole")


def test_short_rows_columns_without_a_name_and_rows_beside_the_table() -> None:
    table = read(";Skole;;Klasse\n;Åkandeskolen\nKilde: kommunen;;en note\n;;;7.A\n")
    assert table.header == ("Skole", "Klasse")
    assert table.rows == (Row(2, {"Skole": "Åkandeskolen", "Klasse": ""}), Row(4, {"Skole": "", "Klasse": "7.A"}))


@pytest.mark.parametrize("total", ["I alt", "TOTAL", " sum ", "i  alt:"])
def test_a_last_row_of_totals_is_left_out(total: str) -> None:
    assert read(f"{PLAIN}{total};46\n;\n").rows == (SEVEN_A,)
    assert len(read(f"{PLAIN}{total};46\nÅkandeskolen;7.B\n").rows) == 3, "in the middle it is a row like others"
    assert len(read(f"{PLAIN}46;{total}\n").rows) == 2, "it says so in its first cell"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2"><v>7.0</v></c>', "7"),
        ('<c r="B2"><v>12.5</v></c>', "12,5"),
        ('<c r="B2"><v>0.30000000000000004</v></c>', "0,3"),
        ('<c r="B2"><v>-1234567</v></c>', "-1234567"),
        ('<c r="B2" t="str"><v>7.0</v></c>', "7.0"),
        ('<c r="B2" t="b"><v>1</v></c>', "SAND"),
        ('<c r="B2" t="b"><v>0</v></c>', "FALSK"),
        ('<c r="B2" t="d"><v>2026-12-24</v></c>', "24-12-2026"),
        ('<c r="B2" t="d"><v>2026-12-24T13:30:00</v></c>', "24-12-2026 13:30"),
        ('<c r="B2" t="d"><v>2026-12-24T00:00:00</v></c>', "24-12-2026"),
    ],
)
def test_a_cell_of_a_workbook_is_read_as_a_person_types_it(cell: str, text: str) -> None:
    assert read(workbook(f'{HEADER}<row r="2">{cell}</row>')).rows == (Row(2, {"Skole": "", "Klasse": text}),)


def test_rows_keep_their_numbers_in_a_table_that_starts_far_down_a_sheet() -> None:
    lowered = HEADER.replace('"1"', '"30"').replace("A1", "C30").replace("B1", "D30")
    table = read(workbook(f'{lowered}<row r="40"><c r="D40"><v>7</v></c></row>'))
    assert table.rows == (Row(40, {"Skole": "", "Klasse": "7"}),)


def test_a_style_far_away_is_no_matter() -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="1"/></row><extLst/>'
    assert read(workbook(f'{HEADER}<row r="2"><c r="B2"><v>7</v></c></row>{styled}')).rows[0].number == 2


BROKEN = "fil er gået i stykker. Gem den igen fra regnearket."
NO_TABLE = "fil er ikke en tabel, der kan læses. Gem den som .xlsx eller .csv."
SPRAWLING = "fil har noget stående langt fra tabellen. Find det med Ctrl+End, slet det, og gem."
REFUSED: list[tuple[str, bytes | str, str]] = [
    ("nothing", "", "fil er tom."),
    ("blanks", " ;\n;\n", "fil er tom."),
    ("an empty sheet", workbook(""), "fil er tom."),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", NO_TABLE),
    ("bytes that are letters in no encoding", b"Skole;Klasse\n\x81;7.A\n", NO_TABLE),
    ("an old workbook", OLE + bytes(600), NO_TABLE),
    ("a zip of another kind", another_zip(), NO_TABLE),
    ("a workbook with a password", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
     "fil er låst med en adgangskode. Gem den uden, og prøv igen."),
    ("half a workbook", workbook(HEADER)[:300], BROKEN),
    ("a workbook with half a sheet", workbook("<row><c>"), BROKEN),
    ("a cell that is nowhere", workbook('<row r="1"><c r="7"><v>1</v></c></row>'), BROKEN),
    ("another column", "Skole;Trin\nÅkandeskolen;7\n", "fil mangler kolonner: Klasse."),
    ("no column that is wanted", "Navn;Trin\nÅkandeskolen;7\n", "fil mangler kolonner: Skole, Klasse."),
    ("a header alone", "Skole;Klasse\n", "fil har ingen rækker under overskrifterne."),
    ("totals alone", "Skole;Klasse\nI alt;0\n", "fil har ingen rækker under overskrifterne."),
    ("twins", "Skole;Klasse;SKOLE \nÅkandeskolen;7.A;x\n", "fil har to kolonner, der hedder SKOLE."),
    ("a quotation mark that is never closed", 'Skole;Klasse\nA;1\n"B;2\nC;3\n',
     "fil har et løst anførselstegn i rækken efter række 2."),
    ("a field as long as a book", f"Skole;Klasse\n{'x' * 200_000};7.A\n",
     "fil har et løst anførselstegn i rækken efter række 1."),
    ("a quotation mark from the start", '"Skole;Klasse\nA;1\n', NO_TABLE),
    ("rows beyond the limit", "Skole;Klasse\n" + "A;1\n" * (MAX_ROWS + 1),
     "fil har for mange rækker: der må højst være 10.000."),
    ("line breaks beyond all limits", PLAIN + "\n" * 100_000, "fil har for mange rækker: der må højst være 10.000."),
    ("bytes beyond the limit", PLAIN + " " * MAX_BYTES, "fil er for stor: en tabel må højst fylde 2 MB."),
    ("corners that would take 512 GB",
     workbook(f'{HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), SPRAWLING),
    ("a cell a little too far", workbook(f'{HEADER}<row r="500001"><c r="B500001"><v>1</v></c></row>'), SPRAWLING),
    ("a column with two letters", workbook(f'{HEADER}<row r="20000"><c r="AZ20000"><v>1</v></c></row>'), SPRAWLING),
    ("corners that are counted, not named",
     workbook('<row r="500000"/><row><c/><c><v>1</v></c></row>'), SPRAWLING),
    ("a bomb", workbook(HEADER, **{"xl/media/image1.xml": " " * 50_000_000}), SPRAWLING),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(content: bytes | str, sentence: str) -> None:
    with pytest.raises(SpreadsheetError) as refused:
        read(content)
    assert str(refused.value) == sentence


def test_the_largest_table_is_read() -> None:
    assert len(read("Skole;Klasse\n" + "A;1\n" * MAX_ROWS + "I alt;10000\n").rows) == MAX_ROWS
    blank = " " * 999 + "\n"
    assert read((PLAIN + blank * 2_100)[: MAX_BYTES - 1]).rows == (SEVEN_A,), "å takes two bytes"


def test_the_sentence_is_in_the_readers_language() -> None:
    english = Translate("en", {"{name} er tom.": "{name} is empty."})
    with pytest.raises(SpreadsheetError, match=r"^\{x\} is empty\.$"):
        read_table(b"", "{x}", REQUIRED, english)


def complaint(content: bytes) -> str:
    """Why a file is refused, "Read." where it is, into rows; fails for any other way out."""
    try:
        assert read(content).rows
    except SpreadsheetError as error:
        return str(error)
    return "Read."


CELLS = st.lists(st.sampled_from(["Skole", "Klasse", ";", ",", "\t", "\n", "\r", '"', "I alt", "7", "å", "\0", "\x1c"]))
STARTS = st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE, b"\xef\xbb\xbf", b"\xff\xfe", b"Skole;Klasse\n"])
A_WORKBOOK = workbook(f'{HEADER}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>12.5</v></c></row>')


@given(STARTS, st.binary(max_size=400))
def test_no_bytes_bring_the_reader_down(start: bytes, rest: bytes) -> None:
    assert complaint(start + rest).endswith(".")


@given(CELLS.map("".join))
def test_no_text_brings_the_reader_down(text: str) -> None:
    assert complaint(text.encode()).endswith(".")


@given(st.integers(0, len(A_WORKBOOK)), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=5))
def test_no_damage_to_a_workbook_brings_the_reader_down(length: int, hits: list[tuple[int, int]]) -> None:
    damaged = bytearray(A_WORKBOOK)
    for place, value in hits:
        damaged[place % len(damaged)] = value
    assert complaint(bytes(damaged)).endswith(".")
    assert complaint(bytes(damaged[:length])).endswith(".")


TAGS = ["row", "c", "v", "f", "is", "t", "sheetData"]
PLACES = ["A1", "B2", "XFD1048576", "A0", "0", "A99999999999", "-1", "é9", "", "1048576", "4294967296", "AAAAAAAA1"]
TAG = st.builds(
    lambda tag, r, t, text: f'<{tag} r="{escape(r)}" t="{t}">{text}</{tag}>',
    st.sampled_from(TAGS), st.sampled_from(PLACES), st.sampled_from(["s", "n", "b", "d", "e", "str", "inlineStr"]),
    st.sampled_from(["", "1", "9e999", "nan", "2026-12-24", "<v>7</v>", "<v>-1</v>", "<c r='C3'><v>1</v></c>"]),
)  # fmt: skip


@given(st.lists(TAG, max_size=6).map("".join))
def test_no_sheet_brings_the_reader_down(rows: str) -> None:
    assert complaint(workbook(f'{HEADER}<row r="2">{rows}</row>{rows}')).endswith(".")


@given(kind=st.sampled_from(["xlsx", "csv_1252", "csv_utf8"]), kept=st.floats(0, 1))
def test_no_file_of_libreoffice_that_is_cut_off_brings_the_reader_down(saved: Saved, kind: str, kept: float) -> None:
    whole: bytes = getattr(saved, kind)
    assert complaint(whole[: int(len(whole) * kept)]).endswith(".")
