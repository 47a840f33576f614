"""Bilingual dispatches as pages: what the program diglot does, from Python.

    import diglot
    with open("flood.txt", "rb") as dispatch:
        result = diglot.convert(dispatch.read(), template="book")
    with open("flood.pdf", "wb") as page:
        page.write(result.data)

It is a thin face of the library's own GObject introspection, which is at hand as diglot.Diglot.  Options have the names
that they have on the command line, with _ for -; an unknown one is an error that names the nearest.
"""
from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, Sequence, Union

import gi

gi.require_version("Diglot", "1")
from gi.repository import Diglot, GLib  # noqa: E402

__all__ = ["Batch", "Bead", "Converter", "Error", "Message", "Part", "Result", "Tally", "convert", "formats", "version"]
__version__ = Diglot.version()

Option = Union[str, int, float, bool, os.PathLike, Sequence[str], Mapping[str, Any], None]
Error = GLib.Error
"""What makes options unusable: a template or a face that is not there, a key or a name that is wrong."""


@dataclass(frozen=True)
class Message:
    """What there is to say about a place in a dispatch; line and column count from 1, 0: no place."""
    file: str
    line: int
    column: int
    severity: str
    code: str
    text: str

    def __str__(self) -> str:
        place = ":".join([self.file] + [str(n) for n in (self.line, self.column) if n])
        return f"{place}: {self.severity}: {self.text} [{self.code}]"


@dataclass(frozen=True)
class Part:
    """A piece of a dispatch, as it was understood: of text 0 or 1, with its role ("headline", "body" …)."""
    text: int
    role: str
    content: str
    label: int
    line: int


@dataclass(frozen=True)
class Bead:
    """Body paragraphs that answer each other, by their numbers from 0; an empty side has no counterpart."""
    a: range
    b: range
    score: float


@dataclass(frozen=True)
class Tally:
    """What became of a batch."""
    total: int
    done: int
    kept: int
    failed: int
    seconds: float


def version() -> str:
    """The library's version."""
    return Diglot.version()


def formats() -> list[str]:
    """What convert can make besides "check": "pdf", "png" …"""
    found = []
    for n in range(1000):
        try:
            made = Diglot.Format(n)
        except ValueError:
            break
        if Diglot.format_kind(made) != Diglot.FormatKind.NOTHING:
            found.append(Diglot.format_name(made))
    return found


def _format(name: str) -> int:
    if name == "check":
        return Diglot.Format.CHECK
    if name == "pages":
        return Diglot.Format.PAGES
    for kind in (Diglot.FormatKind.FILE, Diglot.FormatKind.DUMP):
        known, found = Diglot.format_find(name, kind)
        if known:
            return found
    raise ValueError(f"there is no format {name!r}; there are {', '.join(formats())} and check")


def _message(message: Diglot.Message) -> Message:
    severity = {1: "note", 2: "warning", 3: "error"}[int(message.severity)]
    return Message(message.file or "", message.line, message.column, severity, message.code, message.text)


def _set(options: Any, given: Mapping[str, Option]) -> None:
    for name, value in given.items():
        name = name.replace("_", "-")
        if value is None:
            continue
        if isinstance(value, Mapping):
            value = [f"{key}={text if not isinstance(text, bool) else 'yes' if text else 'no'}" for key, text in value.items()]
        elif isinstance(value, bool):
            value = ["yes" if value else "no"]
        elif name == "lang" and not isinstance(value, str):
            value = [",".join(value)]
        elif isinstance(value, (str, int, float, os.PathLike)):
            value = [os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
        for one in value:
            options.set(name, str(one))


class Result:
    """What became of a dispatch."""

    def __init__(self, result: Diglot.Result, source: Diglot.Input, nth: int = 0) -> None:
        self._result, self._input, self._nth = result, source, nth
        self.messages: list[Message] = [_message(message) for message in result.messages()]
        figures = result.figures()
        self.pages: int = figures.pages()
        lowest = figures.lowest_score()
        self.lowest_score: float | None = lowest if lowest >= 0 else None
        self.waste: float = figures.waste()

    @property
    def ok(self) -> bool:
        """False where an error is among the messages."""
        return self._result.worst() < Diglot.Severity.ERROR

    @property
    def files(self) -> list[bytes]:
        """What was made: one file, or one a page as PNG and SVG; none where it failed."""
        return [self._result.file(n).get_data() for n in range(self._result.n_files())]

    @property
    def data(self) -> bytes:
        """The first of the files; b"" where there is none."""
        made = self._result.bytes()
        return made.get_data() or b"" if made is not None else b""

    @property
    def text(self) -> str:
        """The same as text, for JSON, web pages and the like."""
        return self.data.decode("utf-8")

    @property
    def languages(self) -> tuple[str | None, str | None]:
        """The two languages; the first is that which comes first in the file."""
        return (self._input.language(self._nth, 0), self._input.language(self._nth, 1))

    @property
    def date(self) -> str | None:
        """The dispatch's own, ISO 8601."""
        return self._input.date(self._nth)

    @property
    def parts(self) -> list[Part]:
        """Headlines, paragraphs, captions, each with its role."""
        return [Part(p.text, p.role, p.content, p.label, p.line) for p in self._input.parts(self._nth)]

    def roles(self, role: str, text: int | None = None) -> list[str]:
        """What stands in the parts with this role, without their labels."""
        return [part.content.encode()[part.label:].decode().strip() for part in self.parts if part.role == role and text in (None, part.text)]

    @property
    def beads(self) -> list[Bead]:
        """Which paragraphs answer each other."""
        return [Bead(range(b.a, b.a + b.n_a), range(b.b, b.b + b.n_b), b.score) for b in self._input.beads(self._nth)]

    def page_size(self, page: int = 0) -> tuple[float, float]:
        """Width and height of a page, from 0, in pt."""
        known, width, height = self._result.page_size(page)
        if not known:
            raise IndexError(page)
        return (width, height)

    def draw(self, context: Any, page: int = 0) -> None:
        """Draws a page, from 0, on a context of pycairo, whose unit is a pt."""
        if not Diglot.page_draw(self._result, page, context):
            raise IndexError(page)


class Converter:
    """What dispatches share: template, faces, words.  Made once; of one thread."""

    def __init__(self, **options: Option) -> None:
        made = Diglot.Options.new()
        _set(made, options)
        self._converter = Diglot.Converter.new(made)

    def convert_all(self, dispatch: bytes | str, to: str = "pdf", *, name: str = "dispatch.txt", align: Any = None, picture: bytes | None = None) -> list[Result]:
        """Every dispatch of a file."""
        data = dispatch.encode("utf-8") if isinstance(dispatch, str) else bytes(dispatch)
        source = Diglot.Input.new(self._converter, GLib.Bytes.new(data), name)
        if align is not None:
            text = align if isinstance(align, (str, bytes)) else json.dumps(align)
            beads = GLib.Bytes.new(text.encode("utf-8") if isinstance(text, str) else text)
            source.align(Diglot.Alignment.new(beads, "align"), None)
        if picture is not None:
            source.set_picture(0, GLib.Bytes.new(picture), "picture", None)
        made = _format(to)
        return [Result(source.convert(n, made), source, n) for n in range(source.count())]

    def convert(self, dispatch: bytes | str, to: str = "pdf", **more: Any) -> Result:
        """The first, and mostly only, dispatch of a file."""
        return self.convert_all(dispatch, to, **more)[0]


def convert(dispatch: bytes | str, to: str = "pdf", *, name: str = "dispatch.txt", align: Any = None, picture: bytes | None = None, **options: Option) -> Result:
    """Sets a dispatch; options are those of a Converter, which is quicker for many."""
    return Converter(**options).convert(dispatch, to, name=name, align=align, picture=picture)


class Batch:
    """Many dispatches: files, folders, archives; options as on the command line (output, jobs, report …)."""

    def __init__(self, inputs: Iterable[str | os.PathLike], **options: Option) -> None:
        self._batch = Diglot.Batch.new()
        for path in inputs:
            self._batch.add_input(os.fspath(path))
        _set(self._batch, options)

    def run(self, on_message: Callable[[Message], None] | None = None, on_progress: Callable[[int, int], None] | None = None) -> Tally:
        """Sets them all; tells each message, and (done, total) after each dispatch."""
        if on_message is not None:
            self._batch.set_message_func(lambda message, *_: on_message(_message(message)))
        if on_progress is not None:
            self._batch.set_progress_func(lambda tally, *_: on_progress(tally.done(), tally.total()))
        tally = self._batch.run()
        return Tally(tally.total(), tally.done(), tally.kept(), tally.failed(), tally.seconds())
