"""The advisory team (Tổ tư vấn) before the council: scores and comments per criterion, missing papers, site visit, proposal.

What it says stands beside the council's scores and never enters a mean. It is written until the council begins to score.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ocop_desktop.actions import rulebooks
from ocop_desktop.actions.dossier_form import criteria_of
from ocop_desktop.actions.rights import need, need_dossier
from ocop_desktop.actions.scoring import BallotView, Beside
from ocop_desktop.data import advisory as rows
from ocop_desktop.data import dossiers
from ocop_desktop.data.changes import record_change
from ocop_desktop.data.engine import Session
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.rules.answering import SoFar, effects, so_far
from ocop_desktop.rules.ballot import Ballot, problems_of, without_story
from ocop_desktop.rules.rulebook import NONE_APPLIES, CriteriaSet

State = Literal["", "scoring", "scored", "council", "supplement", "return"]
Proposal = Literal["council", "supplement", "return"]
PROPOSALS: tuple[Proposal, ...] = ("council", "supplement", "return")
LONGEST = 20_000


@dataclass(frozen=True)
class Review:
    """The advisory team's round on one dossier.

    Args:
        choices, comments: by criterion; so_far: what the choices come to, None without criteria.
        visit_needed: None while not said; finding: what a site visit found.
        proposal: council (put to the council), supplement, return, or empty.
        finished_at: when the scores were finished; None while they are open.
        locked: why nothing can be written any more, or None.
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    so_far: SoFar | None = None
    missing_papers: str = ""
    visit_needed: bool | None = None
    visited_on: dt.date | None = None
    finding: str = ""
    opinion: str = ""
    proposal: str = ""
    proposed_on: dt.date | None = None
    proposed_by: str = ""
    finished_at: dt.datetime | None = None
    locked: UserError | None = None

    @property
    def state(self) -> State:
        """How far the round is."""
        return state(self.proposal, self.finished_at is not None, len(self.choices))


def state(proposal: str, finished: bool, answered: int) -> State:
    """How far the advisory round of a dossier is: its proposal, else whether it scored."""
    for known in PROPOSALS:
        if proposal == known:
            return known
    return "scored" if finished else "scoring" if answered else ""


def review_of(session: Session, dossier_id: int) -> Review:
    """The round as it stands; an empty one where the team has not begun.

    Raises:
        UserError: the dossier is gone, or is not one who works here may read.
    """
    need_dossier(session, dossier_id)
    dossier, product, _producer, _commune = _dossier(session, dossier_id)
    row, rules = rows.review(session, dossier_id), criteria_of(dossier.rulebook, product.set_no)
    answers = rows.answers_for(session, dossier_id, dossier.rulebook, product.set_no)
    choices = {a.criterion: a.choice for a in answers if a.choice}
    counted = so_far(rulebooks.rulebook(dossier.rulebook), rules, choices) if rules else None
    comments = {a.criterion: a.comment for a in answers if a.comment}
    locked = _locked(session, dossier_id, dossier.status)
    if row is None:
        return Review(choices, comments, counted, locked=locked)
    fits = (row.rulebook, row.set_no) == (dossier.rulebook, product.set_no)
    return Review(choices, comments, counted, row.missing_papers, row.visit_needed, row.visited_on, row.finding, row.opinion,
                  row.proposal, row.proposed_on, row.proposed_by, row.finished_at if fits else None, locked)


def own_ballot(session: Session, dossier_id: int) -> BallotView:
    """The team's sheet; the producer's own answers stand beside the criteria.

    Raises:
        UserError: the dossier is gone, or there are no criteria for it.
    """
    dossier, product, producer, _commune = _dossier(session, dossier_id)
    book, rules = rulebooks.rulebook(dossier.rulebook), rulebooks.criteria(dossier.rulebook, product.set_no)
    review, own = review_of(session, dossier_id), dossiers.self_answers(session, dossier_id)
    done = review.finished_at
    finished = UserError("Tổ tư vấn đã chấm xong lúc {time} ngày {day}. Muốn sửa, mở lại ở thẻ Tổ tư vấn của hồ sơ.",
                         time=done.strftime("%H:%M"), day=done.strftime("%d/%m/%Y")) if done else None
    return BallotView(
        item_id=0, member_id=0, member="", agency="", session_id=0, session_code="", session_name="", position=0, items=0,
        dossier_id=dossier_id, dossier_code=dossier.code or "", product=product.name, producer=producer.name, kind=dossier.kind,
        book=book, rules=rules, version=0, choices=review.choices, notes=review.comments,
        evidence={code: a.evidence for code, a in own.items() if a.evidence}, opinion=review.opinion, exclusion=None,
        finished_at=done, reopened_why="", locked=review.locked or finished, sheet="advisory",
        beside={code: Beside("self", a.choice) for code, a in own.items()
                if code in rules.by_code and (a.choice == NONE_APPLIES or a.choice in rules.by_code[code].by_choice)})


def choose(session: Session, dossier_id: int, criterion: str, choice: str | None, who: str) -> dict[str, str | None]:
    """Keep one answer of the team (None takes it back); a story at 0 settles what depends on it, as on a ballot.

    Returns:
        what was written: criterion -> choice, None for one that has to be answered again.

    Raises:
        UserError: no such criterion or option, no story for it, scores finished, or the council has begun.
    """
    rules, choices = _open_sheet(session, dossier_id)
    known = rules.by_code.get(criterion)
    if known is None or (choice is not None and choice != NONE_APPLIES and choice not in known.by_choice):
        raise UserError("Tiêu chí {code} không có mức “{choice}”; hãy chọn một mức trong bảng.", code=criterion,
                        choice=choice or "")
    if criterion in without_story(rules, choices):
        if choice == NONE_APPLIES:
            return {criterion: choice}
        raise UserError("Tiêu chí {code} không chấm được vì tiêu chí {story} đang 0 điểm: không có câu chuyện sản phẩm.",
                        code=criterion, story=known.story)
    changed = effects(rules, choices, criterion, choice)
    for code, new in changed.items():
        rows.write(session, dossier_id, code, choice=new or "")
    return changed


def note(session: Session, dossier_id: int, criterion: str, text: str, who: str) -> None:
    """Keep the team's comment on one criterion, answered or not; members read it beside the criterion.

    Raises:
        UserError: no such criterion, scores finished, or the council has begun.
    """
    rules, _choices = _open_sheet(session, dossier_id)
    if criterion not in rules.by_code:
        raise UserError("Bộ {set} không có tiêu chí {code}.", set=rules.number, code=criterion)
    rows.write(session, dossier_id, criterion, comment=_short(text))


def opinion(session: Session, dossier_id: int, text: str, who: str) -> None:
    """Keep the team's opinion on the dossier as a whole.

    Raises:
        UserError: too long, or the council has begun.
    """
    _keep(session, dossier_id, who, "advisory", opinion=_short(text))


def finish(session: Session, dossier_id: int, who: str, at: dt.datetime | None = None) -> dt.datetime:
    """Finish the team's scores: nothing more is written in them until they are reopened.

    Raises:
        ProblemsFound: a criterion without an answer, each with its place.
        UserError: finished already, or the council has begun.
    """
    rules, choices = _open_sheet(session, dossier_id)
    problems = list(problems_of(rules, Ballot("Tổ tư vấn", choices)))
    if problems:
        raise ProblemsFound(problems)
    moment = at or dt.datetime.now().replace(microsecond=0)
    _keep(session, dossier_id, who, "advisory_finished", finished_at=moment)
    return moment


def reopen(session: Session, dossier_id: int, who: str) -> None:
    """Open the team's finished scores again; a proposal to put the dossier to the council is taken back with them.

    Raises:
        UserError: they are not finished, or the council has begun.
    """
    review = _writable(session, dossier_id)
    if review.finished_at is None:
        raise UserError("Phần chấm của Tổ tư vấn đang mở.")
    taken = {"proposal": "", "proposed_on": None, "proposed_by": ""} if review.proposal == "council" else {}
    _keep(session, dossier_id, who, "advisory_reopened", finished_at=None, **taken)


def note_missing_papers(session: Session, dossier_id: int, text: str, who: str) -> None:
    """Keep which papers the team found missing.

    Raises:
        UserError: too long, or the council has begun.
    """
    _keep(session, dossier_id, who, "advisory", missing_papers=_short(text))


def plan_visit(session: Session, dossier_id: int, needed: bool | None, who: str) -> None:
    """Say whether a site visit is needed.

    Raises:
        UserError: the council has begun, or a visit that was made is said not to be needed.
    """
    if needed is False and _writable(session, dossier_id).visited_on is not None:
        raise UserError("Đã ghi ngày đi thực địa; xóa ngày đó trước rồi mới ghi “không cần”.")
    _keep(session, dossier_id, who, "advisory", visit_needed=needed)


def record_visit(session: Session, dossier_id: int, on: dt.date | None, finding: str, who: str) -> None:
    """Keep when the site was visited and what was found; a visit made was one that was needed.

    Raises:
        UserError: a day to come, words too long, or the council has begun.
    """
    if on is not None and on > dt.date.today():
        raise UserError("Ngày đi thực địa {day} chưa đến; ghi sau khi đi.", day=on.strftime("%d/%m/%Y"))
    needed = {"visit_needed": True} if on is not None else {}
    _keep(session, dossier_id, who, "advisory", visited_on=on, finding=_short(finding), **needed)


def propose(session: Session, dossier_id: int, proposal: str, who: str, on: dt.date | None = None, by: str = "") -> None:
    """Keep what the team proposes: put the dossier to the council, have it supplemented, or return it; empty takes it back.

    Args:
        on: the day, today when not given; by: who proposes, ``who`` when not given.

    Raises:
        UserError: no such proposal; the council is proposed before all criteria are scored; a supplement or return says
            nowhere what is missing; or the council has begun.
    """
    review = _writable(session, dossier_id)
    if proposal not in ("", *PROPOSALS):
        raise UserError("Hãy chọn một đề nghị trong danh sách.")
    if proposal == "council" and review.finished_at is None:
        raise UserError("Tổ tư vấn chấm xong mọi tiêu chí rồi mới đề nghị trình Hội đồng.")
    said = (review.missing_papers, review.finding, review.opinion, *review.comments.values())
    if proposal in ("supplement", "return") and not any(said):
        raise UserError("Hãy ghi giấy tờ còn thiếu, nhận xét hoặc ý kiến trước, để chủ thể biết vì sao.")
    day, name = (on or dt.date.today(), by.strip() or who) if proposal else (None, "")
    _keep(session, dossier_id, who, "advisory_proposed", proposal=proposal, proposed_on=day, proposed_by=name)


def _dossier(session: Session, dossier_id: int) -> tuple[dossiers.Dossier, dossiers.Product, dossiers.Producer, object]:
    found = dossiers.get(session, dossier_id)
    if found is None:
        raise UserError("Hồ sơ này không còn trong tệp dữ liệu; hãy mở lại danh sách hồ sơ.")
    return found[0], found[1], found[2], found[3]


def _locked(session: Session, dossier_id: int, status: str) -> UserError | None:
    if status in ("closed", "recognised", "history") or (status == "in_session" and rows.scored(session, dossier_id)):
        return UserError("Hội đồng đã bắt đầu chấm hồ sơ này nên ý kiến Tổ tư vấn không sửa được nữa.")
    return None


def _writable(session: Session, dossier_id: int) -> Review:
    need(session, "advise")
    review = review_of(session, dossier_id)
    if review.locked:
        raise review.locked
    return review


def _open_sheet(session: Session, dossier_id: int) -> tuple[CriteriaSet, dict[str, str]]:
    """Criteria and answers of a sheet that may be written; answers given for another set go away first."""
    dossier, product, _producer, _commune = _dossier(session, dossier_id)
    rules = rulebooks.criteria(dossier.rulebook, product.set_no)
    review = _writable(session, dossier_id)
    if review.finished_at is not None:
        raise UserError("Tổ tư vấn đã chấm xong hồ sơ này. Muốn sửa, mở lại ở thẻ Tổ tư vấn.")
    row = rows.review(session, dossier_id)
    if row is None or (row.rulebook, row.set_no) != (dossier.rulebook, product.set_no):
        rows.begin_anew(session, dossier_id)
        rows.mark(session, dossier_id, rulebook=dossier.rulebook, set_no=product.set_no, finished_at=None)
    return rules, dict(review.choices)


def _keep(session: Session, dossier_id: int, who: str, what: str, **values: str | bool | dt.date | None) -> None:
    _writable(session, dossier_id)
    before = rows.mark(session, dossier_id, **values)
    after = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}
    record_change(session, who, "dossier", dossier_id, what, before, after)


def _short(text: str) -> str:
    words = text.strip()
    if len(words) > LONGEST:
        raise UserError("Nội dung dài {count} ký tự; chỉ nhận nhiều nhất {most} ký tự.", count=len(words), most=LONGEST)
    return words
