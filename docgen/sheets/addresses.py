"""Addresses of cells as people write them (B7): columns as letters, rows from 1; code counts both from 0."""

from __future__ import annotations

import re
from string import ascii_uppercase, digits
from typing import Final

_ADDRESS: Final = re.compile("[A-Z]+[0-9]+")


def is_address(text: str) -> bool:
    """Whether a text is the address of one cell."""
    return _ADDRESS.fullmatch(text) is not None


def address_of(row: int, column: int) -> str:
    """Return the address of a cell of which row and column are counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def place_in_sheet(address: str) -> tuple[int, int]:
    """Return row and column of an address, counted from 0. Raises ValueError where it names no row."""
    return row_number(address) - 1, column_number(letters_of(address)) - 1


def row_number(address: str) -> int:
    """Return the row of an address, counted from 1. Raises ValueError where it names none."""
    return int(address.lstrip(ascii_uppercase))


def letters_of(address: str) -> str:
    """Return the column of an address as its letters."""
    return address.rstrip(digits)


def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column counted from 1."""
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number
