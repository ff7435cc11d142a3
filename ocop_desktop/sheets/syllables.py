"""Whether a written word can be a Vietnamese syllable: its beginning, its rime and the tones a rime may carry."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED_TONES = {"", "\u0301", "\u0323"}  # a rime that ends in c, ch, p, t (k) carries only sắc or nặng; "" is a foreign word
_RIMES = frozenset(
    """a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âk âm ân âng âp ât âu ây
    e ec ek em en eng eo ep et ê êch êk êm ên ênh êp êt êu êng
    i ia ich ik iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi ok om on ong op ot oong
    ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui uk um un ung uôc uôi uôm uôn uông uôt uơ uơn up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưk ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu""".split()  # noqa: SIM905 - read by people
)
_ONSETS = tuple(  # longest first
    "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t th v x".split()  # noqa: SIM905 - read by people
)
_AFTER_QU = frozenset(("ynh", "yn", "yt", "yp"))
_VOWELS = frozenset("aăâeêioôơuưy")
_EITHER_PLACE = frozenset(("oa", "oe", "uy"))  # hòa and hoà are both written
WORD = re.compile(r"[^\s\d_.,;:/\\()\[\]{}<>\"'“”‘’+*=&%#@!?|-]+")


def words(text: str) -> list[str]:
    """The words of a text; signs that no letter hides behind are left out."""
    return WORD.findall(text)


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether ``word`` can be one Vietnamese syllable, in NFC, with its tone where Vietnamese writes it."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parts if c in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    if len(tones) > 1 or not plain.isalpha():
        return False
    toned = next((at for at, c in enumerate(word) if tones and tones[0] in unicodedata.normalize("NFD", c)), None)
    for onset in ("", *_ONSETS):
        if not plain.startswith(onset):
            continue
        rime = plain[len(onset) :]
        if onset == "gi" and not rime:
            return True
        if rime in _RIMES or (onset == "qu" and rime in _AFTER_QU):
            stopped = rime.endswith(("c", "ch", "k", "p", "t"))
            if stopped and "".join(tones) not in _STOPPED_TONES:
                return False
            if toned is None or toned - len(onset) in _tone_places(rime):
                return True
    return False


def _tone_places(rime: str) -> set[int]:
    vowels = rime[: next((at for at, c in enumerate(rime) if c not in _VOWELS), len(rime))]
    hats = [at for at, c in enumerate(vowels) if c in "ăâêôơ"]
    if hats:
        return {hats[-1]}
    if "ư" in vowels:
        return {vowels.index("ư")}
    if len(vowels) == 2 and len(rime) == 2:
        return {0, 1} if rime in _EITHER_PLACE else {0}
    return {0} if len(vowels) == 1 else {1}
