"""The law's words laid over a set: words change, nothing that counts does."""

from __future__ import annotations

from ocop_desktop.rules.rulebook import Rulebook
from ocop_desktop.rules.wording import SetWords


def test_words_take_the_place_of_labels_and_nothing_else_changes(book: Rulebook) -> None:
    rules = book.set(26)
    first, last = rules.criteria[0], rules.criteria[-1]
    words = SetWords(26, {first.code: "Tên trong luật"}, {(first.code, "1"): "Mức trong luật", ("8", "a1"): "Trường hợp"},
                     {first.code: "Ghi chú: xem hồ sơ"}, {"": "giả mạo hồ sơ", last.code: "nhập khẩu"})
    read = words.over(rules)
    assert read.by_code[first.code].name.said("vi") == read.by_code[first.code].name.said("en") == "Tên trong luật"
    assert read.by_code[first.code].by_choice["1"].label.vi == "Mức trong luật"
    assert read.by_code[first.code].by_choice["2"] == first.by_choice["2"]
    assert read.by_code["8"].by_choice["a1"].label.vi == "Trường hợp"
    assert read.by_code[first.code].hint.vi == "Ghi chú: xem hồ sơ"
    assert [w.vi for w in read.exclusions] == ["giả mạo hồ sơ"] and read.by_code[last.code].exclusion.vi == "nhập khẩu"
    figures = [[(c.code, c.max, o.choice, o.level, o.points, o.star) for o in c.options] for c in rules.criteria]
    assert figures == [[(c.code, c.max, o.choice, o.level, o.points, o.star) for o in c.options] for c in read.criteria]
    assert read.criteria[1] == rules.criteria[1]
