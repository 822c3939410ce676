from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from graphmodel.errors import FileError
from loaders.archives import check_archive, list_parts

FILE = Path("a.docx")
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def pack(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def test_a_sound_archive_passes_and_names_its_parts() -> None:
    content = pack({"word/document.xml": b"<w/>", "media/a.png": ENTITIES, "empty.xml": b""})
    check_archive(FILE, content, "Word document")
    assert list_parts(content) == {"word/document.xml", "media/a.png", "empty.xml"}
    assert list_parts(b"no zip") == frozenset()


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "xl/drawings/a.VML"])
@pytest.mark.parametrize(
    "content",
    [
        ENTITIES,
        b"<!-- " + b"x" * 200_000 + b" -->" + ENTITIES.split(b"?>", 1)[1],
        ENTITIES.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    ],
)
def test_a_document_type_is_refused_wherever_it_hides(part: str, content: bytes) -> None:
    with pytest.raises(FileError, match="declares a document type in its part"):
        check_archive(FILE, pack({part: content}), "Word document")


def test_a_document_type_inside_the_text_is_text() -> None:
    check_archive(
        FILE, pack({"a.xml": b"<x>&lt;!DOCTYPE x&gt; <![CDATA[<!DOCTYPE x>]]></x>"}), "workbook"
    )


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    with pytest.raises(FileError, match=r"unpacks to 30 MB, which no plan needs"):
        check_archive(FILE, pack({"word/document.xml": bytes(30_000_000)}), "Word document")
    many = pack({f"{number}.bin": b"" for number in range(10_001)})
    with pytest.raises(FileError, match=r"has 10,001 parts inside"):
        check_archive(FILE, many, "Word document")


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut", b"", b"<a>"])
def test_damage_is_one_sentence(content: bytes) -> None:
    with pytest.raises(FileError, match="is not a readable workbook: open it in Excel"):
        check_archive(FILE, content, "workbook")


def test_a_part_with_a_password_or_of_broken_xml() -> None:
    content = bytearray(pack({"a.xml": b"<a/>"}))
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)  # the flag "encrypted" of the directory
    struct.pack_into("<H", content, 6, 1)
    for broken in (bytes(content), pack({"a.xml": b"no xml"})):
        with pytest.raises(FileError, match="is not a readable Word document: open it in Word"):
            check_archive(FILE, broken, "Word document")
