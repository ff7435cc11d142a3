"""An independent checker of a session's record, written from resources/help/ho-so-phien.md alone.

It uses the standard library and nothing of the program: ``python tests/recount.py ho-so-phien.json`` prints what does not agree.
"""

import hashlib
import json
import sys
from fractions import Fraction


def canonical_digest(value):
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def points_of(table, choices):
    return sum(0 if choice == "0" else table[code][choice]["points"] for code, choice in choices.items())


def gate(options, stars):
    return max((o["level"] for o in options.values() if o["star"] is not None and o["star"] <= stars), default=None)


def meets(options, choice, least):
    return (0 if choice == "0" else options[choice]["level"]) >= least


def gate_met(table, snapshot, concluded, code, stars):
    options = table[code]
    least = gate(options, stars)
    answers = [meets(options, ballot["choices"][code], least) for ballot in snapshot["ballots"]]
    if all(answers) or not any(answers):
        return answers[0]
    if ("gate", code) in concluded:
        held = concluded["gate", code]
        return (gate(options, held) or 0) >= least if held else False
    return snapshot["working_rules"]["gate_rule"] == "majority" and 2 * sum(answers) > len(answers)


def check_dossier(dossier, figures):
    result, snapshot = dossier["result"], dossier["result"]["snapshot"]
    book = figures[result["rulebook"]]
    criteria = book["sets"][str(snapshot["dossier"]["set"])]
    table = {c["code"]: {o["choice"]: o for o in c["options"]} for c in criteria}
    zero = [c["code"] for c in criteria if c["zero_excludes"]]
    rules, ballots = snapshot["working_rules"], snapshot["ballots"]
    concluded = {(c["kind"], c["code"]): c["value"] for c in snapshot["conclusions"]}
    totals = {b["member"]: points_of(table, b["choices"]) for b in ballots}
    counted = sorted(totals, key=lambda member: (totals[member], member))
    if rules["drop_extremes"] and len(counted) >= 3:
        counted = counted[1:-1]
    mean = Fraction(sum(totals[m] for m in counted), len(counted))
    by_points = max(int(s) for s, line in book["lines"].items() if mean >= line)
    stars = by_points
    while stars > 2 and not all(gate_met(table, snapshot, concluded, c, stars) for c in table if gate(table[c], stars)):
        stars -= 1
    raised = [bool(b["exclusion"]) or any(points_of(table, {c: b["choices"][c]}) == 0 for c in zero) for b in ballots]
    excluded = concluded.get(("exclusion", ""), 2 * sum(raised) > len(raised))
    wanted = {"mean": mean, "stars_by_points": by_points, "excluded": excluded, "stars": None if excluded else stars}
    found = {**{k: result[k] for k in wanted}, "mean": Fraction(result["mean"])}
    for key, value in wanted.items():
        if found[key] != value:
            yield f"{dossier['product']}: {key} is {found[key]}, recounted {value}"
    version = {b["member"]: b["version"] for b in ballots}
    apart = [(a, b) for a in totals for b in totals if totals[a] - totals[b] > Fraction(rules["spread"])]
    if apart and not excluded and ("spread", "") not in concluded:
        yield f"{dossier['product']}: spread without a conclusion"
    if ("spread", "") in concluded and any(min(version[a], version[b]) < 2 for a, b in apart):
        yield f"{dossier['product']}: spread concluded before a second score"


def check_chain(record):
    chain = record["chain"]
    last, states = chain["previous"], {}
    for entry in chain["entries"]:
        for side in ("before", "after"):
            if side in entry and canonical_digest(entry[side]) != entry[f"{side}_sha256"]:
                yield f"entry {entry['seq']}: {side} altered"
        parts = [entry[k] for k in ("seq", "at", "who", "entity", "entity_id", "what", "before_sha256", "after_sha256")]
        if canonical_digest([*parts, last]) != entry["hash"]:
            yield f"entry {entry['seq']}: hash does not fit"
        last = entry["hash"]
        if entry["what"] == "state" and "after" in entry:
            states[entry["entity"], entry["entity_id"]] = entry["after"]
    if chain["entries"] and f"{chain['entries'][-1]['seq']}:{last}" != chain["head"]:
        yield "the head is another one"
    for dossier in record["dossiers"]:
        if dossier["result"]:
            state = states.get(("result", dossier["result"]["id"])) or {}
            if state.get("snapshot_sha256") != canonical_digest(dossier["result"]["snapshot"]):
                yield f"{dossier['product']}: snapshot is not the one in the chain"


def check(record):
    """Everything in a record that does not agree."""
    found = list(check_chain(record))
    for dossier in record["dossiers"]:
        if dossier["result"]:
            found += check_dossier(dossier, record["figures"])
    return found


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        problems = check(json.load(file))
    print("\n".join(problems) or "agrees")
    sys.exit(1 if problems else 0)
