"""The module as its users call it: what comes back, what is refused, and that nothing is lost on the way to the library."""
import json
import pathlib

import pytest

diglot = pytest.importorskip("diglot")

DISPATCH = """Ferry to the islands is running again
Source: Agencies 04 May 2025 09:30
The ferry to the islands has been running again since Sunday, after 12 days in the dock.
It makes two crossings a day and carries 180 passengers.

عودة العبّارة إلى الجزر
المصدر: وكالات 04 أيار/مايو 2025 09:30
عادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد بعد 12 يوماً في الحوض.
وتقوم برحلتين في اليوم وتنقل 180 راكباً.
"""


def test_convert():
    result = diglot.convert(DISPATCH, name="ferry.txt")
    assert result.ok and result.pages == 1 and not result.messages
    assert result.data.startswith(b"%PDF-") and result.files == [result.data]
    assert result.languages == ("en", "ar") and result.date.startswith("2025-05-04")
    assert result.lowest_score > 0.5
    assert result.roles("headline") == ["Ferry to the islands is running again", "عودة العبّارة إلى الجزر"]
    assert result.roles("source", 0) == ["Agencies 04 May 2025 09:30"]
    assert [(list(bead.a), list(bead.b)) for bead in result.beads] == [([0], [0]), ([1], [1])]
    assert {part.line for part in result.parts if part.text == 0} == {1, 2, 3, 4}


def test_the_same_as_the_program(tmp_path, program):
    (tmp_path / "ferry.txt").write_text(DISPATCH, encoding="utf-8")
    program("-T", "book", "--set", "page.size=letter", "-o", "ferry.pdf", "ferry.txt")
    result = diglot.convert(DISPATCH.encode(), name="ferry.txt", template="book", set={"page.size": "letter"})
    assert result.data == (tmp_path / "ferry.pdf").read_bytes()


def test_formats():
    assert {"pdf", "png", "svg", "json", "doc"} <= set(diglot.formats())
    understood = json.loads(diglot.convert(DISPATCH, "json").text)
    assert understood["languages"] == {"a": "en", "b": "ar"}
    pages = diglot.convert(DISPATCH * 1, "svg", template="facing").files
    assert len(pages) > 1 and all(page.startswith(b"<") for page in pages)
    assert diglot.convert(DISPATCH, "check").data == b""
    with pytest.raises(ValueError, match="there are pdf"):
        diglot.convert(DISPATCH, "docx")


def test_options():
    assert diglot.convert(DISPATCH, set={"page.size": "a5", "marks.notes": True}, lang=("en", "ar"), profile="screen").ok
    with pytest.raises(diglot.Error, match="did you mean \"template\""):
        diglot.convert(DISPATCH, tempalte="book")
    with pytest.raises(diglot.Error, match="did you mean page.size"):
        diglot.convert(DISPATCH, set={"page.siez": "a5"})
    with pytest.raises(diglot.Error, match="did you mean book"):
        diglot.Converter(template="boook")


def test_messages():
    result = diglot.convert("One language\nIt says the same thing once only.\n", name="one.txt")
    message = next(m for m in result.messages if m.code == "parse.one-language")
    assert result.ok and message.severity == "warning" and message.file == "one.txt"
    assert str(message).startswith("one.txt") and str(message).endswith("[parse.one-language]")
    failed = diglot.convert("", name="empty.txt")
    assert not failed.ok and failed.data == b"" and failed.files == [] and failed.messages[0].code == "parse.empty"


def test_converter():
    converter = diglot.Converter(template="dispatch")
    first, second = converter.convert(DISPATCH), converter.convert(DISPATCH)
    assert first.data == second.data
    joined = converter.convert(DISPATCH, align={"beads": [{"a": [0, 1], "b": [0, 1]}]})
    assert [len(bead.a) for bead in joined.beads] == [2]
    assert len(converter.convert_all(DISPATCH + "\n-----\n\n" + DISPATCH)) == 2
    results = [converter.convert(DISPATCH, "json") for _ in range(3)]
    del converter
    assert all(result.parts for result in results)  # they keep what they need


def test_draw():
    cairo = pytest.importorskip("cairo")
    result = diglot.convert(DISPATCH, "pages")
    width, height = result.page_size()
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, int(width), int(height))
    context = cairo.Context(surface)
    context.set_source_rgb(1, 1, 1)
    context.paint()
    result.draw(context)
    surface.flush()
    assert any(byte != 0xFF for byte in bytes(surface.get_data())[::4])
    with pytest.raises(IndexError):
        result.draw(context, 9)


def test_batch(tmp_path):
    (tmp_path / "a.txt").write_text(DISPATCH, encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    messages, progress = [], []
    batch = diglot.Batch([tmp_path / "a.txt", tmp_path / "b.txt"], output=f"{tmp_path}/out/", jobs=2, template="book", strict=False)
    tally = batch.run(messages.append, lambda done, total: progress.append((done, total)))
    assert (tally.total, tally.failed) == (2, 1) and progress == [(1, 2), (2, 2)]
    assert [message.code for message in messages] == ["parse.empty"]
    assert (tmp_path / "out" / "a.pdf").stat().st_size > 1000
    with pytest.raises(diglot.Error, match="did you mean \"output\""):
        diglot.Batch([], outptu="x")


def test_documented():
    text = pathlib.Path(diglot.__file__).read_text(encoding="utf-8")
    assert all(getattr(diglot, name).__doc__ for name in diglot.__all__ if name != "Error") and "import diglot" in text
