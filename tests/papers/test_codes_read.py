"""Certificates as a 300 dpi printer gives them, their signed codes read by a reader that is not the one that wrote them (ZBar).

``python -m tests.papers.test_codes_read 500`` reads more of them and says how many.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace

import pypdfium2
from pyzbar import pyzbar

from ocop_desktop.papers.certificate import Certificate, code_of, render
from tests.exchange.vectors.qr import SIGNER
from tests.papers.test_certificate import GOOD
from tests.papers.test_every_name import name

DPI, SUITE, SEED = 300, 6, 7


def certificates(count: int) -> list[Certificate]:
    """Certificates with names of every length up to 120 letters."""
    chance = random.Random(SEED)
    return [replace(GOOD, number=f"{n + 1:03d}-2026/GCN-OCOP", code=f"20-05980-{n + 1:02d}-2026", stars=3 + n % 2,
                    product=name(chance, 120 if n % 3 == 0 else chance.randint(5, 119)),
                    producer=name(chance, 120 if n % 3 == 0 else chance.randint(5, 119))) for n in range(count)]


def read(count: int) -> tuple[int, list[int]]:
    """How many of that many codes were read, letter by letter, and how long they are."""
    made = certificates(count)
    pdf, problems = render(made, invariant=True, sign=SIGNER)
    assert not problems, problems[0]
    document, found, lengths = pypdfium2.PdfDocument(pdf), 0, []
    for page, certificate in zip(document, made, strict=True):
        said = code_of(certificate, SIGNER)
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
        codes = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
        found += [code.data.decode() for code in codes] == [said]
        lengths.append(len(said))
    document.close()
    return found, lengths


def test_another_reader_reads_every_code():
    found, lengths = read(SUITE)
    assert found == SUITE
    assert 500 < max(lengths) <= 700  # codes of long names are among them


if __name__ == "__main__":
    began, wanted = time.process_time(), int(sys.argv[1])
    of, long = read(wanted)
    print(f"{of} of {wanted} codes read, {min(long)} to {max(long)} letters, {time.process_time() - began:.0f} CPU s")
    sys.exit(of * 100 < wanted * 99)
