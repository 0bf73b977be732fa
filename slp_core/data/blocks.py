"""The file as blocks of whole lines: UTF-8 bytes, "\\n" line ends, line numbers kept.

Only "\\n", "\\r\\n" and "\\r" end a line; form feeds and Unicode separators are characters of a
cell (``str.splitlines`` would break rows at them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from slp_core.data.encoding import Decoder, newlines
from slp_core.data.opening import ByteStream
from slp_core.errors import DataError

# Small enough for the scan's temporaries (some 40 bytes per character) to stay in cache:
# 256 KiB was fastest of 64 KiB to 1 MiB.
BLOCK = 256 << 10
LONGEST_LINE = 16 << 20


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines; ``text`` ends with a newline, ``line`` is the number of its first line.

    ``lines`` is how many physical lines it holds.
    """

    text: bytes
    line: int
    lines: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", newlines(self.text))


class Blocks:
    """Blocks in order; what a multi-line record took too much of can be put back."""

    def __init__(self, stream: ByteStream, encoding: str) -> None:
        self._pieces = _pieces(stream, encoding)
        self._line = 1
        self._returned: Block | None = None

    def next(self) -> Block | None:
        """The next block, or None at the end of the file."""
        if self._returned is not None:
            block, self._returned = self._returned, None
            return block
        text = next(self._pieces, b"")
        if not text:
            return None
        block = Block(text, self._line)
        self._line += block.lines
        return block

    def put_back(self, block: Block) -> None:
        """Make ``block`` the next one."""
        self._returned = block

    def skip_lines(self, count: int) -> None:
        """Pass over the first ``count`` lines of the file."""
        while count:
            block = self.next()
            if block is None:
                return
            if block.lines > count:
                parts = block.text.split(b"\n", count)
                self.put_back(Block(parts[-1], block.line + count))
                return
            count -= block.lines


def _pieces(stream: ByteStream, encoding: str) -> Iterator[bytes]:
    decoder = Decoder(encoding)
    parts: list[bytes] = []
    held = 0
    while True:
        raw = stream.read(BLOCK)
        data = decoder.feed(raw, final=not raw)
        cut = data.rfind(b"\n") + 1
        if cut:
            parts.append(data[:cut])
            yield b"".join(parts)
            parts, held, data = [], 0, data[cut:]
        if data:
            parts.append(data)
            held += len(data)
        if held > LONGEST_LINE:
            raise DataError(
                f"a line is longer than {LONGEST_LINE >> 20} MB: this is not a table of rows",
                code="csv.line_too_long",
                hint="Check that it is a text file with one row per line.",
            )
        if not raw:
            break
    if held:
        yield b"".join(parts) + b"\n"
