"""The value of an English numeral in words: "two hundred and five", "nineteen eighty-four", "half a
million", XIV.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

# fmt: off
_UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}
# fmt: on
ONES = {word: number for number, word in enumerate(_UNDER_TWENTY)}
TENS = {word: 10 * number for number, word in enumerate(_TENS, start=2)}
OLD_TENS = {"threescore": 60, "fourscore": 80}  # threescore and ten
ORDINALS = {_IRREGULAR.get(word, f"{word}th"): number for word, number in ONES.items() if number}
ORDINALS |= {f"{word[:-1]}ieth": number for word, number in TENS.items()}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "score": 20,
}
# Digits with commas, with thin or plain spaces as thousands marks, with decimals.
_GROUPED = r"\d{1,3}(?:[\u00a0\u2009]\d{3}){1,9}(?!\d)|\d{1,3}(?: \d{3}){0,9} \d00(?!\d)"
DIGITS = (
    rf"{_GROUPED}|\d{{1,3}}(?:,\d{{3}}){{1,9}}(?:\.\d{{1,12}})?"
    r"|\d{1,30}(?:\.\d{1,12})?|(?<!\d)\.\d{1,12}"
)
CARDINAL = "|".join(sorted((*ONES, *TENS, *OLD_TENS), key=lambda word: (-len(word), word)))
ORDINAL = "|".join(sorted(ORDINALS, key=lambda word: (-len(word), word)))
SCALE = "|".join(SCALES)


def number(digits: str) -> Fraction:
    """The value of digits as :data:`DIGITS` matches them."""
    return Fraction(re.sub(r"[^\d.]", "", digits))


def spell(words: str) -> Fraction | None:
    """The value of a cardinal in words, None if the words do not make one number.

    Understands older English too: "five and thirty", "threescore and ten".
    """
    total, current, last = Fraction(0), Fraction(0), 10**18
    tokens = [token for token in re.findall(rf"{DIGITS}|[a-z]+", words.lower()) if token != "and"]
    for token, before in zip(tokens, ["", *tokens], strict=False):
        if token in ("half", "quarter"):
            current = Fraction(1, 2) if token == "half" else Fraction(1, 4)
        elif token in ("a", "an"):
            current = current or Fraction(1)
        elif token in SCALES:
            size = SCALES[token]
            if size <= 100:
                current = (current or Fraction(1)) * size
            elif size > last or (size == last and "and" not in words.lower()):
                return None  # but "six hundred thousand and three thousand" is one number
            else:
                total, current, last = total + (current or 1) * size, Fraction(0), size
        elif not token.isalpha():
            current = current + number(token)
        else:
            added = word_value(token)
            below = current % 100
            joined = (before in TENS and added < 10) or (before in OLD_TENS and added < 20)
            if below and not joined and not (below < 10 and token in TENS and "and" in words.lower()):
                # nineteen eighty-four is a year said in two halves; "one two" are two numbers
                if current >= 100 or added < 10 or len(tokens) > 3:
                    return None
                current *= 100
            current += added
    return total + current


def word_value(word: str) -> int:
    """The value of one word of :data:`CARDINAL`, in lower case."""
    return ONES[word] if word in ONES else TENS[word] if word in TENS else OLD_TENS[word]


def roman(numeral: str) -> int:
    """The value of a well-formed Roman numeral in capitals."""
    sizes = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in pairwise([*sizes, 0]))
