from __future__ import annotations

from typing import Any

from loaders.pdf_lines import read_lines


def set_words(*words: tuple[str, str]) -> list[dict[str, Any]]:
    """Return characters 5 points wide on one line, a blank's width between words with fonts."""
    characters: list[dict[str, Any]] = []
    left = 10.0
    for text, font in words:
        for letter in text:
            place = {"x0": left, "x1": left + 5, "top": 20.0, "bottom": 30.0, "doctop": 20.0}
            look = {"text": letter, "fontname": font, "size": 10.0, "upright": True}
            characters.append({**place, **look})
            left += 5
        left += 3
    return characters


def test_signs_of_symbol_fonts_that_show_nothing_are_no_words() -> None:
    (line,) = read_lines(set_words(("Berth", "Arial"), ("\uf0ff", "Wingdings"), ("nine", "B")), 1)
    assert (line.text, line.bold, line.bullet) == ("Berth nine", (), False)
    assert read_lines(set_words(("\uf0ff", "Wingdings")), 1) == []


def test_bold_fonts_by_their_names() -> None:
    fonts = ["BAAAAA+Lato-Black", "Arial,Bold", "Georgia", "Futura-Heavy", "Frutiger-DemiBold"]
    (line,) = read_lines(set_words(*((f"w{n}", font) for n, font in enumerate(fonts))), 1)
    assert line.text == "w0 w1 w2 w3 w4"
    assert line.bold == ((0, 2), (3, 5), (9, 11), (12, 14))


def test_bullets_and_their_signs() -> None:
    for sign, font, shown in [("\uf0b7", "Symbol", "•"), ("\uf0a7", "Wingdings", "▪")]:
        (line,) = read_lines(set_words((sign, font), ("Tender", "Arial")), 1)
        assert (line.text, line.bullet, line.sign) == ("Tender", True, shown)
    for font, shown in [("CourierNewPSMT", "○"), ("LiberationMono", "○"), ("Arial", "")]:
        (line,) = read_lines(set_words(("o", font), ("Tender", "Arial")), 1)
        assert (line.bullet, line.sign) == (bool(shown), shown)
