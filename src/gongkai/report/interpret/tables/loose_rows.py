"""The rows of table 3 in a token stream: which text labels which row, and the cells behind each label."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.report.interpret.tables.labels import ROW_BY_KEY, core, match_row, ordinal
from gongkai.report.interpret.tables.matching import Candidate, in_order
from gongkai.report.interpret.tables.tokens import END, FIGURE, TEXT, Token

#: A label this near to the form's is there as a whole.
WHOLE = 0.95


class Piece(NamedTuple):
    """A run of text tokens from ``start`` to ``end`` (both included) and the text they make."""

    start: int
    end: int
    text: str


class Row(NamedTuple):
    """A labelled row: its label's piece, the cells behind the label (figures and blanks, in order).

    ``figures`` are those of the cells that hold figures. ``same_line`` tells that the cells stand on the
    label's line. ``split`` marks a label put together from pieces that other tokens may stand between.
    """

    key: str
    label: Piece
    cells: Sequence[Token]
    figures: Sequence[Token]
    same_line: bool
    split: bool

    def full(self) -> bool:
        """Whether there is a figure for each of the seven columns."""
        return len(self.figures) == 7


def figures_of(cells: Sequence[Token]) -> list[Token]:
    """The cells that hold figures."""
    return [cell for cell in cells if cell.kind is FIGURE]


def text_pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Runs of text on one line; a table's cells stay apart."""
    pieces: list[Piece] = []
    for index, token in enumerate(tokens):
        if token.kind is not TEXT:
            continue
        last = pieces[-1] if pieces else None
        if last and token.table and last.end == index - 1 and last.text == token.text:
            pieces[-1] = Piece(last.start, index, token.text)  # a merged cell written out
        elif last and not token.table and _goes_on(tokens, last, index):
            pieces[-1] = Piece(last.start, index, last.text + token.text)
        else:
            pieces.append(Piece(index, index, token.text))
    return pieces


def _goes_on(tokens: Sequence[Token], last: Piece, index: int) -> bool:
    """Whether a word continues the text before it: on the same line, and not with an ordinal of its own."""
    token = tokens[index]
    together = last.end == index - 1 and tokens[last.end].line == token.line
    return together and not (ordinal(token.text) and core(token.text))


def labelled_pieces(tokens: Sequence[Token]) -> dict[str, tuple[Piece, bool]]:
    """Row key -> the piece that labels it and whether it was put together from several."""
    pieces = text_pieces(tokens)
    whole = [(found, False) for piece in pieces if (found := _label_at_end(tokens, piece))]
    chain = _chain(whole)
    keys = set(chain)
    if len(keys) < 23 and len(keys) >= 4:
        joined = list(_joins(tokens, pieces, keys))
        if joined:
            chain = _chain(sorted([*whole, *joined], key=lambda item: item[0].start))
    return _one_form(_completed(tokens, pieces, chain))


def _completed(
    tokens: Sequence[Token], pieces: Sequence[Piece], chain: dict[str, tuple[Piece, bool]]
) -> dict[str, tuple[Piece, bool]]:
    """Labels of which only the beginning was matched, with the pieces they go on in on the next lines."""
    starts = {piece.start for piece, _ in chain.values()}
    index_of = {piece.start: index for index, piece in enumerate(pieces)}
    result: dict[str, tuple[Piece, bool]] = {}
    for key, (piece, split) in chain.items():
        result[key] = piece, split
        index = index_of.get(piece.start)
        if split or index is None or tokens[piece.end].table or match_row(piece.text)[0][1] >= WHOLE:
            continue
        text = piece.text
        for following in pieces[index + 1 : index + 4]:
            if following.start in starts:
                break
            text += following.text
            matched = match_row(text)
            if matched and matched[0][0] == key and matched[0][1] >= WHOLE:
                longer = Piece(piece.start, following.end, text)
                if not _has_figures(tokens, longer):
                    result[key] = longer, False
                break
    return result


def _has_figures(tokens: Sequence[Token], piece: Piece) -> bool:
    """Whether figures stand between the pieces of a label."""
    return any(token.kind is FIGURE for token in tokens[piece.start : piece.end + 1])


def _label_at_end(tokens: Sequence[Token], piece: Piece) -> Piece | None:
    """The label a run of text is or ends in: on one line, a header or a group label may stand before it."""
    whole = match_row(piece.text)
    if whole and (piece.start == piece.end or whole[0][1] >= WHOLE):
        return piece
    if piece.start == piece.end:
        return None
    best: tuple[float, Piece] | None = None
    text = ""
    for start in range(piece.end, max(piece.start, piece.end - 6) - 1, -1):
        text = tokens[start].text + text
        matched = match_row(text)
        if matched and (best is None or matched[0][1] > best[0]):
            best = matched[0][1], Piece(start, piece.end, text)
    return best[1] if best else None


def _chain(found: list[tuple[Piece, bool]]) -> dict[str, tuple[Piece, bool]]:
    chosen = in_order([Candidate(p.start, p.end, match_row(p.text)) for p, _ in found])
    return {key: found[index] for index, key in sorted(chosen.items())}


def _joins(tokens: Sequence[Token], pieces: Sequence[Piece], known: set[str]) -> Iterator[tuple[Piece, bool]]:
    """Labels that were wrapped: neighbouring pieces that together read like a row not found yet."""
    for first in range(len(pieces)):
        text = pieces[first].text
        for last in range(first + 1, min(first + 6, len(pieces))):
            text += pieces[last].text
            matched = match_row(text)
            if matched and matched[0][1] >= 0.9 and matched[0][0] not in known:
                label = Piece(pieces[first].start, pieces[last].end, text)
                yield label, _has_figures(tokens, label)
                break


def _one_form(chain: dict[str, tuple[Piece, bool]]) -> dict[str, tuple[Piece, bool]]:
    """其他处理 is a row of its own only where its three rows are not there."""
    three = {"other_not_corrected", "other_fee_unpaid"} & chain.keys()
    drop = "other" if three else "other_other" if "other" in chain else ""
    return {key: value for key, value in chain.items() if key != drop}


def collect_rows(tokens: Sequence[Token]) -> list[Row]:
    """The labelled rows with the cells behind each label, in the form's order."""
    chain = labelled_pieces(tokens)
    rows: list[Row] = []
    for key, (piece, split) in chain.items():
        same = _same_line(tokens, piece.end)
        figures = figures_of(same)
        if figures:
            rows.append(Row(key, piece, same, figures, True, split))
            continue
        behind = _until_text(tokens, piece.end)
        if same and (tokens[piece.end].table or not behind):
            rows.append(Row(key, piece, same, figures, True, split))
        else:
            rows.append(Row(key, piece, behind, figures_of(behind), False, split))
    return rows


def _same_line(tokens: Sequence[Token], end: int) -> Sequence[Token]:
    stop = first = end + 1
    for token in tokens[first : end + 40]:
        if token.kind is END or token.kind is TEXT:
            break
        stop += 1
    return tokens[first:stop]


def _until_text(tokens: Sequence[Token], end: int) -> list[Token]:
    if tokens[end].table and tokens[end].width > 1:
        return []  # a row of a table does not go on in the next one
    cells: list[Token] = []
    for token in tokens[end + 1 : end + 60]:
        if token.kind is TEXT:
            break
        if token.kind is not END:
            cells.append(token)
    return cells


def label_text(row: Row) -> str:
    """The label as printed, group labels in front of it left out."""
    text = row.label.text
    for group in ROW_BY_KEY[row.key].groups:
        text = text.removeprefix(group)
    return text


def is_cut_short(row: Row) -> bool:
    """Whether the text is only the beginning of the label: it goes on elsewhere and is no deviation."""
    return len(core(row.label.text)) + 2 < len(core(ROW_BY_KEY[row.key].label))
