"""XML that would reach out, blow up or hide, and the reason each is refused with."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from lxml import etree

from corpus import safe_xml
from corpus.errors import UnreadableSource
from corpus.safe_xml import parse_xml

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
UTF16 = '<?xml version="1.0" encoding="utf-16"?>'


def parse(data: bytes | str) -> etree._Element:
    return parse_xml(Path("a.qdpx"), data.encode() if isinstance(data, str) else data, "project.qde")


def nested(depth: int) -> str:
    return "<a>" * depth + "</a>" * depth


DOCTYPES: dict[str, bytes | str] = {
    "an external entity": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    "a parameter entity": "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://x.no/a.dtd'> %x;]><a/>",
    "an external subset": "<!DOCTYPE a SYSTEM 'http://x.no/a.dtd'><a/>",
    "a billion laughs": f"<!DOCTYPE a [<!ENTITY l0 'ha'>{LAUGHS}]><a>&l9;</a>",
    "a billion laughs in an attribute": f"<!DOCTYPE a [<!ENTITY l0 'ha'>{LAUGHS}]><a b='&l9;'/>",
    "a default attribute": "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>",
    "a bare document type": "<!DOCTYPE a><a/>",
    "behind a mark, a comment and an instruction": "\ufeff<?xml version='1.0'?>\n<!-- <a/> --><?b ?>\t<!DOCTYPE a><a/>",
    "in UTF-16": (UTF16 + "<!DOCTYPE a><a/>").encode("utf-16"),
    "in UTF-16 without a mark": (UTF16 + "<!DOCTYPE a><a/>").encode("utf-16-be"),
    "in Latin-1": "<?xml version='1.0' encoding='ISO-8859-1'?><!-- å --><!DOCTYPE a><a/>".encode("latin-1"),
    "damaged after it": "<!DOCTYPE a [<!ENTITY",
}


@pytest.mark.parametrize("shape", DOCTYPES)
def test_a_document_type_is_refused_before_anything_in_it_is_read(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object, **_named: object) -> None:
        raise AssertionError("the parser saw it")

    monkeypatch.setattr(etree, "fromstring", never)
    with pytest.raises(UnreadableSource, match=r"DOCTYPE.*«project.qde»"):
        parse(DOCTYPES[shape])


def test_a_document_type_that_slips_through_is_found_in_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "_has_document_type", lambda _data: False)
    with pytest.raises(UnreadableSource, match=r"DOCTYPE.*«project.qde»"):
        parse("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")


def test_the_words_of_a_document_type_in_running_text_do_not_count() -> None:
    root = parse("<!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE html>]]></a>")
    assert root.text == "<!DOCTYPE html>"


def test_a_comment_or_an_instruction_does_not_cut_a_text_in_two() -> None:
    root = parse("<a>en<!-- x -->to<?x y?>tre</a>")
    assert root.text == "entotre" and len(root) == 0


OVER_LIMITS: dict[str, tuple[str, str]] = {
    "depth": (nested(300), "for dypt nøstet"),
    "a text": (f"<a>{'x' * 10_000_001}</a>", "mer enn 10 MB i ett stykke"),
    "an attribute": (f"<a b='{'x' * 10_000_001}'/>", "mer enn 10 MB i ett stykke"),
    "a comment": (f"<a><!--{'x' * 10_000_001}--></a>", "skadet"),
    "a name": (f"<{'x' * 60_000}/>", "mer enn 10 MB i ett stykke"),
}


@pytest.mark.parametrize("shape", OVER_LIMITS)
def test_what_the_parser_will_not_hold_is_refused_as_that_and_not_as_damage(shape: str) -> None:
    data, reason = OVER_LIMITS[shape]
    with pytest.raises(UnreadableSource, match=reason):
        parse(data)


def test_size_and_number_of_elements_are_judged_before_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableSource, match=r"«project.qde» er på 3 MB; grensen er 2 MB"):
        parse_xml(Path("a.qdpx"), b"<a>" + b" " * 3_000_000, "project.qde", most=2_000_000)
    monkeypatch.setattr(safe_xml, "_MOST_MARKS", 20)
    assert len(parse("<a>" + "<b/>" * 17 + "</a>")) == 17
    with pytest.raises(UnreadableSource, match="flere millioner XML-elementer"):
        parse("<a>" + "<b/>" * 19 + "</a>")
    with pytest.raises(UnreadableSource, match="flere millioner XML-elementer"):
        parse("<a>" + "<b c=''/>" * 10 + "</a>")


ENCODINGS: dict[str, bytes] = {
    "UTF-8": "<a>å</a>".encode(),
    "UTF-8 with a mark": "<a>å</a>".encode("utf-8-sig"),
    "UTF-16": (UTF16 + "<a>å</a>").encode("utf-16"),
    "UTF-16 without a mark": (UTF16 + "<a>å</a>").encode("utf-16-le"),
    "UTF-16 only by its own account": (UTF16 + "<a>å</a>").encode(),
    "Latin-1": "<?xml version='1.0' encoding='iso-8859-1'?><a>å</a>".encode("latin-1"),
    "Windows": "<?xml version='1.0' encoding='windows-1252'?><a>å</a>".encode("cp1252"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_of_documents_are_read(encoding: str) -> None:
    assert parse(ENCODINGS[encoding]).text == "å"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<?xml version='1.0' encoding='UTF-7'?><a>+ADwAIQ-</a>", "tegnkodingen UTF-7"),
        ("<a/>".encode("utf-32"), "tegnkodingen UTF-32"),
        ("<a/>".encode("utf-32-be"), "tegnkodingen UTF-32"),
        (b"<?xml version='1.0' encoding='rot13'?><a/>", "tegnkodingen rot13"),
        (b"<?xml version='1.0' encoding='\x1b[2J'?><a/>", "tegnkodingen \ufffd.2J"),
        (b"<?xml version='1.0' encoding='EUC-JP'?><a/>", "tegnkodingen EUC-JP"),
        ("<?xml version='1.0' encoding='cp037'?><a/>".encode("cp037"), "skadet"),
        ((UTF16 + "<a>å</a>").encode("utf-16")[:-1], "skadet"),
        (b"<a>\xe5</a>", "skadet"),
        (b"<a>\xed\xa0\x80</a>", "skadet"),
        (b"", "skadet"),
        (b"<a", "skadet"),
        (b"<?xml", "skadet"),
        (b"<!--", "skadet"),
    ],
)
def test_encodings_that_documents_do_not_have_and_damage_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        parse(data)


def test_nothing_outside_the_file_is_read_or_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object, **_named: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket, "socket", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("<b>hemmelig</b>", encoding="utf-8")
    address = secret.as_uri()
    root = parse(
        f"<?xml-stylesheet type='text/xsl' href='{address}'?><?xml-model href='{address}'?>"
        f"<a xmlns:xi='http://www.w3.org/2001/XInclude' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
        f"xsi:schemaLocation='urn:a {address}' xsi:noNamespaceSchemaLocation='http://x.no/a.xsd' xml:base='http://x.no/'>"
        f"<xi:include href='{address}' parse='text'/></a>"
    )
    assert b"hemmelig</b>" not in etree.tostring(root)
    assert [child.tag for child in root] == ["{http://www.w3.org/2001/XInclude}include"]
