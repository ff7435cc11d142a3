"""The law's own words of one criteria set, beside the short labels: laid over the set wherever they are to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ocop_desktop.rules.criteria import CriteriaSet, Criterion, Words


@dataclass(frozen=True)
class SetWords:
    """Words of the decision's own document, as an office attached them; Vietnamese only.

    Args:
        number: of the set.
        criteria: code -> words; options: (code, choice) -> words. What the document lacks is not there.
        notes: code -> remarks under a criterion; exclusions: code -> what throws a product out there, "" for the whole set.
        source: name of the document.
    """

    number: int
    criteria: Mapping[str, str]
    options: Mapping[tuple[str, str], str]
    notes: Mapping[str, str]
    exclusions: Mapping[str, str]
    source: str = ""

    def over(self, rules: CriteriaSet) -> CriteriaSet:
        """The set with these words in the place of its labels; codes, points and marks stay those of the rulebook."""
        exclusions = (Words(self.exclusions[""]),) if "" in self.exclusions else rules.exclusions
        return replace(rules, exclusions=exclusions, criteria=tuple(self._criterion(c) for c in rules.criteria))

    def _criterion(self, c: Criterion) -> Criterion:
        options = tuple(replace(o, label=Words(self.options[c.code, o.choice])) if (c.code, o.choice) in self.options else o
                        for o in c.options)
        c = replace(c, options=options)
        if c.code in self.criteria:  # the law itself says what the hint sums up
            c = replace(c, name=Words(self.criteria[c.code]), hint=None)
        if c.code in self.notes:
            c = replace(c, hint=Words(self.notes[c.code]))
        if c.code in self.exclusions:
            c = replace(c, exclusion=Words(self.exclusions[c.code]))
        return c
