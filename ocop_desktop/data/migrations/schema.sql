BEGIN;
PRAGMA application_id=1329811280;
PRAGMA user_version=4;
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE commune (
    id INTEGER NOT NULL,
    code VARCHAR(5) NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    province_code VARCHAR(2) NOT NULL,
    province VARCHAR NOT NULL,
    folded VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    CONSTRAINT pk_commune PRIMARY KEY (id),
    CONSTRAINT uq_commune_code UNIQUE (code, valid_from)
);
CREATE TABLE council (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    decision_number VARCHAR NOT NULL,
    decision_date DATE
);
CREATE TABLE import_batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    layout VARCHAR NOT NULL,
    mapping JSON NOT NULL,
    counts JSON NOT NULL,
    imported_at DATETIME NOT NULL,
    undone_at DATETIME
);
CREATE TABLE setting (
    "key" VARCHAR NOT NULL,
    value JSON NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
);
CREATE TABLE batch_row (
    id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    entity VARCHAR NOT NULL,
    entity_id INTEGER NOT NULL,
    did VARCHAR NOT NULL,
    "before" JSON,
    "after" JSON,
    sheet VARCHAR NOT NULL,
    "row" INTEGER,
    CONSTRAINT pk_batch_row PRIMARY KEY (id),
    CONSTRAINT fk_batch_row_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE member (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    council_id INTEGER NOT NULL,
    seat INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    agency VARCHAR NOT NULL,
    agency_short VARCHAR NOT NULL,
    position VARCHAR NOT NULL,
    role VARCHAR NOT NULL, phone VARCHAR DEFAULT '' NOT NULL, address VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT fk_member_council_id_council FOREIGN KEY(council_id) REFERENCES council (id)
);
CREATE TABLE producer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    folded VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    tax_code VARCHAR NOT NULL,
    registration_number VARCHAR NOT NULL,
    founded DATE,
    representative VARCHAR NOT NULL,
    position VARCHAR NOT NULL,
    sex VARCHAR NOT NULL,
    ethnicity VARCHAR NOT NULL,
    commune_id INTEGER,
    address VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    CONSTRAINT fk_producer_commune_id_commune FOREIGN KEY(commune_id) REFERENCES commune (id)
);
CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    council_id INTEGER NOT NULL,
    held_on DATE NOT NULL,
    place VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    rulebook VARCHAR NOT NULL,
    working_rules JSON NOT NULL, kind VARCHAR DEFAULT 'meeting' NOT NULL, due_on DATE,
    CONSTRAINT fk_session_council_id_council FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT uq_session_code UNIQUE (code)
);
CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    number VARCHAR NOT NULL,
    date DATE NOT NULL,
    authority VARCHAR NOT NULL,
    session_id INTEGER, corrects_id INTEGER CONSTRAINT fk_decision_corrects_id_decision REFERENCES decision (id),
    CONSTRAINT fk_decision_session_id_session FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT uq_decision_number UNIQUE (number, date, authority)
);
CREATE TABLE product (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    producer_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    folded VARCHAR NOT NULL,
    set_no INTEGER,
    category VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    CONSTRAINT fk_product_producer_id_producer FOREIGN KEY(producer_id) REFERENCES producer (id)
);
CREATE TABLE session_member (
    session_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    present BOOLEAN NOT NULL,
    scores BOOLEAN NOT NULL,
    CONSTRAINT pk_session_member PRIMARY KEY (session_id, member_id),
    CONSTRAINT fk_session_member_member_id_member FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT fk_session_member_session_id_session FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
);
CREATE TABLE dossier (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    product_id INTEGER NOT NULL,
    code VARCHAR,
    rulebook VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    round VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    stars INTEGER,
    filed_on DATE,
    commune_received_on DATE,
    province_received_on DATE,
    samples INTEGER,
    note VARCHAR NOT NULL,
    search VARCHAR NOT NULL,
    CONSTRAINT fk_dossier_product_id_product FOREIGN KEY(product_id) REFERENCES product (id),
    CONSTRAINT uq_dossier_code UNIQUE (code)
);
CREATE TABLE agenda_item (
    id INTEGER NOT NULL,
    session_id INTEGER NOT NULL,
    dossier_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    CONSTRAINT pk_agenda_item PRIMARY KEY (id),
    CONSTRAINT fk_agenda_item_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id),
    CONSTRAINT fk_agenda_item_session_id_session FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE,
    CONSTRAINT uq_agenda_item_session_id UNIQUE (session_id, dossier_id)
);
CREATE TABLE dossier_paper (
    dossier_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    issuer VARCHAR NOT NULL,
    issued_on DATE,
    expires_on DATE,
    CONSTRAINT pk_dossier_paper PRIMARY KEY (dossier_id, kind),
    CONSTRAINT fk_dossier_paper_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE self_answer (
    dossier_id INTEGER NOT NULL,
    criterion VARCHAR NOT NULL,
    choice VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    CONSTRAINT pk_self_answer PRIMARY KEY (dossier_id, criterion),
    CONSTRAINT fk_self_answer_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE ballot (
    id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    opinion VARCHAR NOT NULL,
    exclusion VARCHAR,
    finished_at DATETIME,
    reopened_why VARCHAR NOT NULL, package_digest VARCHAR(64) DEFAULT '' NOT NULL,
    CONSTRAINT pk_ballot PRIMARY KEY (id),
    CONSTRAINT fk_ballot_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE CASCADE,
    CONSTRAINT fk_ballot_member_id_member FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT uq_ballot_item_id UNIQUE (item_id, member_id, version)
);
CREATE TABLE recusal (
    item_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_recusal PRIMARY KEY (item_id, member_id),
    CONSTRAINT fk_recusal_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE CASCADE,
    CONSTRAINT fk_recusal_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE result (
    id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    mean_numerator INTEGER NOT NULL,
    mean_denominator INTEGER NOT NULL,
    stars_by_points INTEGER NOT NULL,
    stars INTEGER,
    excluded BOOLEAN NOT NULL,
    rulebook VARCHAR NOT NULL,
    rulebook_fingerprint VARCHAR NOT NULL,
    snapshot JSON NOT NULL,
    conclusions JSON NOT NULL,
    closed_at DATETIME NOT NULL,
    CONSTRAINT pk_result PRIMARY KEY (id),
    CONSTRAINT fk_result_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id),
    CONSTRAINT uq_result_item_id UNIQUE (item_id)
);
CREATE TABLE answer (
    ballot_id INTEGER NOT NULL,
    criterion VARCHAR(8) NOT NULL,
    choice VARCHAR(4) NOT NULL,
    note VARCHAR NOT NULL, copied_from INTEGER,
    CONSTRAINT pk_answer PRIMARY KEY (ballot_id, criterion),
    CONSTRAINT fk_answer_ballot_id_ballot FOREIGN KEY(ballot_id) REFERENCES ballot (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE VIRTUAL TABLE dossier_search USING fts5(
        search, content='dossier', content_rowid='id', tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE dossier_word USING fts5(
        search, content='dossier', content_rowid='id', tokenize='unicode61', prefix='1 2 3', detail=none, columnsize=0);
CREATE TABLE rulebook_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rulebook VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    in_force DATE NOT NULL,
    made_at DATETIME NOT NULL,
    made_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    source_file VARCHAR NOT NULL,
    source_sha256 VARCHAR(64) NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    differences JSON NOT NULL,
    accepted JSON NOT NULL,
    accepted_why VARCHAR NOT NULL,
    content JSON NOT NULL,
    CONSTRAINT uq_rulebook_version_rulebook UNIQUE (rulebook, version)
);
CREATE TABLE wording (
    rulebook VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    set_no INTEGER NOT NULL,
    criterion VARCHAR(8) NOT NULL,
    choice VARCHAR(4) NOT NULL,
    text VARCHAR NOT NULL,
    source_file VARCHAR NOT NULL,
    source_sha256 VARCHAR(64) NOT NULL,
    attached_at DATETIME NOT NULL,
    CONSTRAINT pk_wording PRIMARY KEY (rulebook, version, set_no, criterion, choice)
)
 WITHOUT ROWID

;
CREATE TABLE advisory_review (
    dossier_id INTEGER NOT NULL,
    rulebook VARCHAR NOT NULL,
    set_no INTEGER,
    missing_papers VARCHAR NOT NULL,
    visit_needed BOOLEAN,
    visited_on DATE,
    finding VARCHAR NOT NULL,
    opinion VARCHAR NOT NULL,
    proposal VARCHAR NOT NULL,
    proposed_on DATE,
    proposed_by VARCHAR NOT NULL,
    finished_at DATETIME,
    CONSTRAINT pk_advisory_review PRIMARY KEY (dossier_id),
    CONSTRAINT fk_advisory_review_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE advisory_answer (
    dossier_id INTEGER NOT NULL,
    criterion VARCHAR(8) NOT NULL,
    choice VARCHAR(4) NOT NULL,
    comment VARCHAR NOT NULL,
    CONSTRAINT pk_advisory_answer PRIMARY KEY (dossier_id, criterion),
    CONSTRAINT fk_advisory_answer_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE product_photo (
    product_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    kept_at DATETIME NOT NULL, sha256 VARCHAR(64) DEFAULT '' NOT NULL,
    CONSTRAINT pk_product_photo PRIMARY KEY (product_id)
);
CREATE TABLE activity (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    begins_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    place VARCHAR NOT NULL,
    events INTEGER NOT NULL,
    people INTEGER,
    women INTEGER,
    minorities INTEGER,
    documents INTEGER,
    cost_vnd BIGINT,
    note VARCHAR NOT NULL
);
CREATE TABLE funding (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source VARCHAR NOT NULL,
    amount_vnd BIGINT NOT NULL,
    year INTEGER NOT NULL,
    note VARCHAR NOT NULL
);
CREATE TABLE history_score (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    dossier_id INTEGER NOT NULL,
    session VARCHAR NOT NULL,
    held_on DATE,
    totals JSON NOT NULL,
    mean VARCHAR NOT NULL,
    mean_numerator INTEGER NOT NULL,
    mean_denominator INTEGER NOT NULL,
    stars INTEGER,
    CONSTRAINT fk_history_score_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE "certificate" (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    dossier_id INTEGER NOT NULL,
    result_id INTEGER,
    decision_id INTEGER,
    number VARCHAR,
    stars INTEGER NOT NULL,
    issued_on DATE NOT NULL,
    expires_on DATE NOT NULL,
    revoked_on DATE,
    revoked_why VARCHAR NOT NULL,
    printed_at DATETIME,
    revoked_ground VARCHAR NOT NULL,
    concluded_on DATE,
    conclusion VARCHAR NOT NULL,
    revoked_by VARCHAR NOT NULL,
    extended_until DATE,
    extended_why VARCHAR NOT NULL, replaces_id INTEGER CONSTRAINT fk_certificate_replaces_id_certificate REFERENCES certificate (id), reissued_on DATE, wording JSON,
    CONSTRAINT fk_certificate_result_id_result FOREIGN KEY(result_id) REFERENCES result (id),
    CONSTRAINT fk_certificate_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id),
    CONSTRAINT uq_certificate_number UNIQUE (number),
    CONSTRAINT uq_certificate_result_id UNIQUE (result_id),
    CONSTRAINT fk_certificate_decision_id_decision FOREIGN KEY(decision_id) REFERENCES decision (id)
);
CREATE TABLE inspection (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    product_id INTEGER NOT NULL,
    planned_on DATE NOT NULL,
    held_on DATE,
    team VARCHAR NOT NULL,
    findings VARCHAR NOT NULL,
    label_right BOOLEAN,
    follow_up VARCHAR NOT NULL,
    follow_up_due DATE,
    follow_up_done DATE,
    CONSTRAINT fk_inspection_product_id_product FOREIGN KEY(product_id) REFERENCES product (id)
);
CREATE TABLE programme_period (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    begins_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    source VARCHAR NOT NULL
);
CREATE TABLE target (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    period_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    least INTEGER NOT NULL,
    note VARCHAR NOT NULL,
    CONSTRAINT fk_target_period_id_programme_period FOREIGN KEY(period_id) REFERENCES programme_period (id) ON DELETE CASCADE
);
CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at DATETIME NOT NULL,
    who VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    entity_id INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    "before" JSON,
    "after" JSON,
    hash VARCHAR(64) NOT NULL
);
CREATE TABLE presence (
    item_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    present BOOLEAN NOT NULL,
    CONSTRAINT pk_presence PRIMARY KEY (item_id, member_id),
    CONSTRAINT fk_presence_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE CASCADE,
    CONSTRAINT fk_presence_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE dismissed_hint (
    person VARCHAR NOT NULL,
    producer_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    shared VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_dismissed_hint PRIMARY KEY (person, producer_id, kind, shared),
    CONSTRAINT fk_dismissed_hint_producer_id_producer FOREIGN KEY(producer_id) REFERENCES producer (id) ON DELETE CASCADE
);
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    agency VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    pin JSON,
    once BOOLEAN NOT NULL,
    recovery JSON,
    wrong INTEGER NOT NULL,
    wrong_at DATETIME,
    CONSTRAINT uq_person_name UNIQUE (name, agency)
);
CREATE TABLE secret_key (
    name VARCHAR NOT NULL,
    seed BLOB NOT NULL,
    mark VARCHAR NOT NULL,
    made_at DATETIME NOT NULL,
    CONSTRAINT pk_secret_key PRIMARY KEY (name)
);
CREATE TABLE own_laptop (
    session_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    package INTEGER NOT NULL,
    packaged_at DATETIME,
    "key" VARCHAR(64) NOT NULL,
    enrolled_at DATETIME,
    sequence INTEGER NOT NULL,
    digest VARCHAR(64) NOT NULL,
    received_at DATETIME,
    CONSTRAINT pk_own_laptop PRIMARY KEY (session_id, member_id),
    CONSTRAINT fk_own_laptop_session_id_session FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE,
    CONSTRAINT fk_own_laptop_member_id_member FOREIGN KEY(member_id) REFERENCES member (id)
);
CREATE TABLE paper_sheet (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    typing INTEGER NOT NULL,
    choices JSON NOT NULL,
    opinion VARCHAR NOT NULL,
    exclusion VARCHAR NOT NULL,
    hand_total INTEGER,
    typed_at DATETIME,
    who VARCHAR NOT NULL,
    CONSTRAINT fk_paper_sheet_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE CASCADE,
    CONSTRAINT fk_paper_sheet_member_id_member FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT uq_paper_sheet_item_id UNIQUE (item_id, member_id, version, typing)
);
CREATE TABLE paper_scan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    content BLOB NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    kept_at DATETIME NOT NULL,
    who VARCHAR NOT NULL,
    CONSTRAINT fk_paper_scan_item_id_agenda_item FOREIGN KEY(item_id) REFERENCES agenda_item (id) ON DELETE CASCADE,
    CONSTRAINT fk_paper_scan_member_id_member FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT uq_paper_scan_item_id UNIQUE (item_id, member_id, version)
);
CREATE TABLE paper_number (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    issuer VARCHAR NOT NULL,
    sign VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    session_id INTEGER,
    paper VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    dated DATE,
    reason VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT uq_paper_number_issuer UNIQUE (issuer, body, sign, year, number)
);
CREATE TABLE paper_signer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    paper VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    issuer VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    way VARCHAR NOT NULL,
    head VARCHAR NOT NULL,
    collective VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT uq_paper_signer_paper UNIQUE (paper, record)
);
CREATE TABLE paper_template (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    content BLOB NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    who VARCHAR NOT NULL,
    kept_at DATETIME NOT NULL,
    CONSTRAINT uq_paper_template_kind UNIQUE (kind)
);
CREATE TABLE inspection_photo (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    inspection_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    content BLOB NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    kept_at DATETIME NOT NULL,
    CONSTRAINT fk_inspection_photo_inspection_id_inspection FOREIGN KEY(inspection_id) REFERENCES inspection (id) ON DELETE CASCADE,
    CONSTRAINT uq_inspection_photo_inspection_id UNIQUE (inspection_id, sha256)
);
INSERT INTO "alembic_version" VALUES ('0004');
INSERT INTO dossier_search(dossier_search) VALUES ('rebuild');
INSERT INTO dossier_word(dossier_word) VALUES ('rebuild');
CREATE INDEX ix_commune_folded ON commune (folded);
CREATE INDEX ix_commune_province_code ON commune (province_code);
CREATE INDEX ix_batch_row_batch_id ON batch_row (batch_id);
CREATE INDEX ix_batch_row_entity ON batch_row (entity, entity_id);
CREATE INDEX ix_member_council_id ON member (council_id);
CREATE INDEX ix_producer_commune_id ON producer (commune_id);
CREATE INDEX ix_producer_folded ON producer (folded);
CREATE INDEX ix_producer_kind ON producer (kind);
CREATE INDEX ix_producer_tax_code ON producer (tax_code);
CREATE INDEX ix_session_council_id ON session (council_id);
CREATE INDEX ix_decision_session_id ON decision (session_id);
CREATE INDEX ix_product_folded ON product (folded);
CREATE INDEX ix_product_producer_id ON product (producer_id);
CREATE INDEX ix_product_set_no ON product (set_no);
CREATE INDEX ix_session_member_member_id ON session_member (member_id);
CREATE INDEX ix_dossier_filed_on ON dossier (filed_on);
CREATE INDEX ix_dossier_kind ON dossier (kind);
CREATE INDEX ix_dossier_product_id ON dossier (product_id);
CREATE INDEX ix_dossier_round ON dossier (round);
CREATE INDEX ix_dossier_search ON dossier (search);
CREATE INDEX ix_dossier_stars ON dossier (stars);
CREATE INDEX ix_dossier_status ON dossier (status);
CREATE INDEX ix_agenda_item_dossier_id ON agenda_item (dossier_id);
CREATE INDEX ix_agenda_item_session_id ON agenda_item (session_id);
CREATE INDEX ix_ballot_member_id ON ballot (member_id);
CREATE INDEX ix_recusal_member_id ON recusal (member_id);
CREATE TRIGGER dossier_search_insert AFTER INSERT ON dossier BEGIN
        INSERT INTO dossier_search(rowid, search) VALUES (new.id, new.search);
        INSERT INTO dossier_word(rowid, search) VALUES (new.id, new.search);
    END;
CREATE TRIGGER dossier_search_delete AFTER DELETE ON dossier BEGIN
        INSERT INTO dossier_search(dossier_search, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO dossier_word(dossier_word, rowid, search) VALUES ('delete', old.id, old.search);
    END;
CREATE TRIGGER dossier_search_update AFTER UPDATE OF search ON dossier WHEN old.search <> new.search BEGIN
        INSERT INTO dossier_search(dossier_search, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO dossier_word(dossier_word, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO dossier_search(rowid, search) VALUES (new.id, new.search);
        INSERT INTO dossier_word(rowid, search) VALUES (new.id, new.search);
    END;
CREATE INDEX ix_activity_kind ON activity (kind);
CREATE INDEX ix_activity_begins_on ON activity (begins_on);
CREATE INDEX ix_funding_source ON funding (source);
CREATE INDEX ix_funding_year ON funding (year);
CREATE INDEX ix_history_score_dossier_id ON history_score (dossier_id);
CREATE INDEX ix_certificate_dossier_id ON certificate (dossier_id);
CREATE INDEX ix_certificate_issued_on ON certificate (issued_on);
CREATE INDEX ix_certificate_expires_on ON certificate (expires_on);
CREATE INDEX ix_certificate_decision_id ON certificate (decision_id);
CREATE INDEX ix_inspection_product_id ON inspection (product_id);
CREATE INDEX ix_inspection_planned_on ON inspection (planned_on);
CREATE INDEX ix_inspection_follow_up_due ON inspection (follow_up_due);
CREATE INDEX ix_programme_period_begins_on ON programme_period (begins_on);
CREATE INDEX ix_target_period_id ON target (period_id);
CREATE INDEX ix_change_entity ON change (entity, entity_id);
CREATE INDEX ix_presence_member_id ON presence (member_id);
CREATE INDEX ix_own_laptop_member_id ON own_laptop (member_id);
CREATE INDEX ix_paper_sheet_member_id ON paper_sheet (member_id);
CREATE INDEX ix_paper_scan_member_id ON paper_scan (member_id);
CREATE INDEX ix_paper_number_session_id ON paper_number (session_id, paper);
CREATE INDEX ix_paper_number_record ON paper_number (record, paper);
CREATE INDEX ix_inspection_photo_inspection_id ON inspection_photo (inspection_id);
COMMIT;
