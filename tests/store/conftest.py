"""Tables as people's own program saves them: LibreOffice, set to Danish."""

from dataclasses import dataclass

import pytest

from tests import office

# A title over merged cells, an empty row, the header, rows, and totals: what a school office's sheet looks like.
_LINES = """
<table:table-row><table:table-cell table:number-columns-spanned="5" office:value-type="string">
  <text:p>Klasser i Fjordby, skoleåret 2026/27</text:p></table:table-cell></table:table-row>
<table:table-row/>
<table:table-row>{skole}{klasse}{klassetrin}{elever}{snit}</table:table-row>
<table:table-row>{skovskolen}{a7}<N>7</N><N>22</N><D>12.5</D></table:table-row>
<table:table-row>{åskolen}{b8}{trin8}<N/><D>0.3</D></table:table-row>
<table:table-row/>
<table:table-row>{årøskolen}{c9}<N>9</N><N>24</N><D>1234.5</D></table:table-row>
<table:table-row>{total}<N/><N/><N>46</N><N/></table:table-row>
"""
_TEXTS = {
    "skole": "Skole", "klasse": "Klasse", "klassetrin": "Klassetrin", "elever": "Elever", "snit": "Snit",
    "skovskolen": "Skovtroldeskolen", "a7": "7.A", "åskolen": "Skolen; ved åen", "b8": "8. \"B\"", "trin8": "8. klasse",
    "årøskolen": "Ærtebælgskolen", "c9": "9.C", "total": "I alt",
}  # fmt: skip
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"
  xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">
<office:automatic-styles>
  <number:number-style style:name="comma" number:language="da" number:country="DK">
    <number:number number:min-decimal-places="1" number:decimal-places="1" number:min-integer-digits="1"/>
  </number:number-style>
  <number:percentage-style style:name="hundredths" number:language="da" number:country="DK">
    <number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text>
  </number:percentage-style>
  <style:style style:name="decimal" style:family="table-cell" style:data-style-name="comma"/>
  <style:style style:name="percent" style:family="table-cell" style:data-style-name="hundredths"/>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Forside"><table:table-row/></table:table>
<table:table table:name="Klasser">LINES</table:table>
</office:spreadsheet></office:body></office:document>
"""
# A consultant's table of figures with decimal commas; how the shares stand in their cells is left open.
_FIGURES = """
<table:table-row><table:table-cell table:number-columns-spanned="5" office:value-type="string">
  <text:p>Ungeprofil i Fjordby 2025</text:p></table:table-cell></table:table-row>
<table:table-row/>
<table:table-row>{emne}{klassetrin}{år}{andel}{antal}</table:table-row>
<table:table-row>{alkohol}<N>7</N><N>2025</N>SHARE1<N>301</N></table:table-row>
<table:table-row>{snus}{trin8}<N>2025</N>SHARE2<N/></table:table-row>
<table:table-row>{total}<N/><N/><N/><N>301</N></table:table-row>
"""
_FIGURE_TEXTS = {
    "emne": "Emne", "klassetrin": "Klassetrin", "år": "År", "andel": "Andel", "antal": "Antal", "alkohol": "Alkohol",
    "snus": "Snus og nikotinposer", "trin8": "8. klasse", "total": "I alt",
}  # fmt: skip
# LibreOffice's own numbers: `;`, `"`, the encoding, from line 1, Danish, few quotes, as shown, the second sheet.
_CSV = "csv:Text - txt - csv (StarCalc):59,34,{encoding},1,,1030,false,true,false,false,false,2"


@dataclass(frozen=True)
class Saved:
    """The same table three times, as LibreOffice in Danish saved it; in the workbook an empty sheet stands first."""

    xlsx: bytes
    csv_1252: bytes
    csv_utf8: bytes


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A school office's table from LibreOffice."""
    return _saved(tmp_path_factory, _LINES, _TEXTS)


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A consultant's table of figures whose shares are numbers in per cent."""
    lines = _FIGURES.replace("SHARE1", "<D>8.5</D>").replace("SHARE2", "<D>13</D>")
    return _saved(tmp_path_factory, lines, _FIGURE_TEXTS)


@pytest.fixture(scope="session")
def percentages(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """The same, but the shares stand in cells that are formatted as percentages."""
    lines = _FIGURES.replace("SHARE1", "<P>0.085</P>").replace("SHARE2", "<P>0.13</P>")
    return _saved(tmp_path_factory, lines, _FIGURE_TEXTS)


def _saved(factory: pytest.TempPathFactory, lines: str, texts: dict[str, str]) -> Saved:
    office.require()
    source = factory.mktemp("office") / "tabel.fods"
    source.write_text(_source(lines, texts), encoding="utf-8")
    return Saved(
        office.convert(source, "xlsx").read_bytes(),
        office.convert(source, _CSV.format(encoding=1)).read_bytes(),
        office.convert(source, _CSV.format(encoding=76)).read_bytes(),
    )


def _source(lines: str, texts: dict[str, str]) -> str:
    def text(value: str) -> str:
        escaped = value.replace('"', "&quot;")
        return f'<table:table-cell office:value-type="string"><text:p>{escaped}</text:p></table:table-cell>'

    lines = lines.format(**{key: text(value) for key, value in texts.items()}).replace("<N/>", "<table:table-cell/>")
    for mark, kind in (
        ("N", ' office:value-type="float"'),
        ("D", ' table:style-name="decimal" office:value-type="float"'),
        ("P", ' table:style-name="percent" office:value-type="percentage"'),
    ):
        lines = lines.replace(f"<{mark}>", f'<table:table-cell{kind} office:value="').replace(f"</{mark}>", '"/>')
    return _DOCUMENT.replace("LINES", lines)
