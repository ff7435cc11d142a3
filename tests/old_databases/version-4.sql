PRAGMA application_id=1329811280;
PRAGMA user_version=4;
BEGIN;
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
    CONSTRAINT uq_certificate_number UNIQUE (number),
    CONSTRAINT uq_certificate_result_id UNIQUE (result_id),
    CONSTRAINT fk_certificate_result_id_result FOREIGN KEY(result_id) REFERENCES result (id),
    CONSTRAINT fk_certificate_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id),
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
INSERT INTO "commune" VALUES (1, '06040', 'Mẫu Sơn', 'Xã', '20', 'Tỉnh Lạng Sơn', 'mau son', '2025-07-01', NULL);
INSERT INTO "council" VALUES (1, 'Hội đồng', '', NULL);
INSERT INTO "setting" VALUES ('audit.taken_in', '"agenda_item ballot certificate council decision inspection inspection_photo member own_laptop paper_number paper_scan paper_sheet paper_signer paper_template person presence recusal result rulebook_version secret_key session session_member setting"');
INSERT INTO "setting" VALUES ('office', '{"place":"Lạng Sơn"}');
INSERT INTO "setting" VALUES ('audit.head', '{"seq":18,"hash":"0591907a61ddb52758967c5a649f39df030cdb2211c83c64424a195e950b59c3"}');
INSERT INTO "member" VALUES (1, 1, 0, 'Nguyễn Thị Lan', 'Sở Y tế', '', '', 'chair', '', '');
INSERT INTO "producer" VALUES (1, 'Hợp tác xã Chè Mẫu Sơn', 'hop tac xa che mau son', 'cooperative', '', '', NULL, '', '', '', '', 1, '', '', '', '');
INSERT INTO "session" VALUES (1, '2026-1', 'Đợt 1 - 2026', 1, '2026-06-02', '', 'draft', '26/2026/QĐ-TTg', '{"gate_rule":"majority"}', 'meeting', NULL);
INSERT INTO "decision" VALUES (1, '12/QĐ-UBND', '2026-06-02', '', NULL, NULL);
INSERT INTO "product" VALUES (1, 1, 'Chè Shan tuyết Mẫu Sơn', 'che shan tuyet mau son', 11, '', '');
INSERT INTO "session_member" VALUES (1, 1, 1, 1);
INSERT INTO "dossier" VALUES (1, 1, '20-06040-03-2026', '26/2026/QĐ-TTg', 'first', '2026-1', 'closed', 3, NULL, NULL, NULL, NULL, '', 'che shan tuyet mau son hop tac xa che mau son xa mau son 20-06040-03-2026');
INSERT INTO "agenda_item" VALUES (1, 1, 1, 1, 'open');
INSERT INTO "ballot" VALUES (1, 1, 1, 1, 'Đạt', NULL, NULL, '', '');
INSERT INTO "answer" VALUES (1, '1.1', '3', '', NULL);
INSERT INTO "rulebook_version" VALUES (1, '26/2026/QĐ-TTg', 2, '2026-05-22', '2026-07-01 08:00:00.000000', '', 'Sửa lỗi', '', '', '0000000000000000000000000000000000000000000000000000000000000000', '[]', '[]', '', '{"id":"26/2026/QĐ-TTg","signed":"2026-05-22","in_force":"2026-05-22","certificate_months":36,"lines":{"5":90,"4":70,"3":50,"2":30,"1":0},"part":[{"code":"A","max":100,"vi":"Sản phẩm"}],"industry":{},"set":[],"sets":[]}');
INSERT INTO "wording" VALUES ('26/2026/QĐ-TTg', 1, 11, '1.1', '3', 'Từ 75% đến 100%', '', '', '2026-07-01 08:00:00.000000');
INSERT INTO "advisory_review" VALUES (1, '26/2026/QĐ-TTg', 11, 'Phiếu kiểm nghiệm', 1, NULL, '', '', 'supplement', '2026-06-02', 'Tổ trưởng', NULL);
INSERT INTO "advisory_answer" VALUES (1, '1.1', '3', 'Hợp đồng bản gốc');
INSERT INTO "product_photo" VALUES (1, X'FFD8FFD9', 2, 1, '2026-07-01 08:00:00.000000', '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO "activity" VALUES (1, 'training', 'Tập huấn', '2026-06-02', '2026-06-02', '', 1, 40, 21, NULL, NULL, 12000000, '');
INSERT INTO "funding" VALUES (1, 'provincial', 3000000000, 2026, '');
INSERT INTO "history_score" VALUES (1, 1, '2022-1', NULL, '[["Sở Y tế","69.5"]]', '', 139, 2, 3);
INSERT INTO "certificate" VALUES (1, 1, NULL, 1, '03-2026/GCN-OCOP', 3, '2026-06-02', '2029-06-02', NULL, '', NULL, '', NULL, '', '', NULL, '', NULL, NULL, NULL);
INSERT INTO "inspection" VALUES (1, 1, '2026-06-02', '2026-06-02', 'Chi cục', 'Đúng quy định', NULL, '', NULL, NULL);
INSERT INTO "change" VALUES (1, '2026-06-02 08:00:00.000000', 'Lan', 'dossier', 1, 'saved', '{"note":""}', '{"note":"x"}', '6f1065500ec3e2526ed5833b85031448bee295e38baf703b85b89ab7214d5c47');
INSERT INTO "change" VALUES (2, '2026-11-24 17:18:17.000000', 'Lan', 'council', 1, 'state', NULL, '{"decision_date":null,"decision_number":"","id":1,"name":"Hội đồng"}', '2b1608982deb1ac18a8d202f20943490edfe79d448e230450a9a8056593eceec');
INSERT INTO "change" VALUES (3, '2026-11-24 17:18:17.000000', 'Lan', 'decision', 1, 'state', NULL, '{"authority":"","corrects_id":null,"date":"2026-06-02","id":1,"number":"12/QĐ-UBND","session_id":null}', 'b6c6c6ecafb3c07a36286a850046c469e588ec5017b7395539bf3dd939bdfd1e');
INSERT INTO "change" VALUES (4, '2026-11-24 17:18:17.000000', 'Lan', 'session', 1, 'state', NULL, '{"code":"2026-1","council_id":1,"due_on":null,"held_on":"2026-06-02","id":1,"kind":"meeting","name":"Đợt 1 - 2026","rulebook":"26/2026/QĐ-TTg","status":"draft","working_rules":{"gate_rule":"majority"}}', 'c595e375e01df39cb4ec654634d7b1002522d63b32da90b485416570fa3fb642');
INSERT INTO "change" VALUES (5, '2026-11-24 17:18:17.000000', 'Lan', 'member', 1, 'state', NULL, '{"agency":"Sở Y tế","council_id":1,"id":1,"name":"Nguyễn Thị Lan","role":"chair","seat":0}', '1c286fc09a8125c4927bc150b61ac4396d66917744c9ebbb5d3c58613f44004d');
INSERT INTO "change" VALUES (6, '2026-11-24 17:18:17.000000', 'Lan', 'agenda_item', 1, 'state', NULL, '{"dossier_id":1,"id":1,"session_id":1,"status":"open"}', '43de7abee009d09448c2b6dd3840d4a6e45a1c42b1155f3370302c87d586eb21');
INSERT INTO "change" VALUES (7, '2026-11-24 17:18:17.000000', 'Lan', 'certificate', 1, 'state', NULL, '{"concluded_on":null,"conclusion":"","decision_id":1,"dossier_id":1,"expires_on":"2029-06-02","extended_until":null,"extended_why":"","id":1,"issued_on":"2026-06-02","number":"03-2026/GCN-OCOP","reissued_on":null,"replaces_id":null,"result_id":null,"revoked_by":"","revoked_ground":"","revoked_on":null,"revoked_why":"","stars":3,"wording_sha256":null}', '55f1dacae689570b56ee87b9cc4046584838905cf1b239a2001bbbe65f0ffb29');
INSERT INTO "change" VALUES (8, '2026-11-24 17:18:17.000000', 'Lan', 'presence', 1, 'state', NULL, '{"item_id":1,"member_id":1,"present":1}', '2f010c0cdb3ac2a6323402f0ef5f8680d4af86ccc8c6e119f45950646ec402a7');
INSERT INTO "change" VALUES (9, '2026-11-24 17:18:17.000000', 'Lan', 'session_member', 1, 'state', NULL, '{"member_id":1,"present":1,"scores":1,"session_id":1}', 'dd4c37980f565aa822a1bbf4419216b9e3b3396a12fc2899002af9bf8fbf5383');
INSERT INTO "change" VALUES (10, '2026-11-24 17:18:17.000000', 'Lan', 'own_laptop', 1, 'state', NULL, '{"digest":"0000000000000000000000000000000000000000000000000000000000000000","enrolled_at":null,"key":"0000000000000000000000000000000000000000000000000000000000000000","member_id":1,"package":1,"sequence":1,"session_id":1}', '78dce3a3866a73f8e704887469e461ba1c62f6d0885554857220612163f59f2a');
INSERT INTO "change" VALUES (11, '2026-11-24 17:18:17.000000', 'Lan', 'secret_key', 0, 'state', NULL, '{"made_at":"2026-06-02 08:00:00.000000","mark":"","name":"office","seed_sha256":"66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"}', '14287cdda772c7b50710cad3be471e40a2f123e0b4e37fb9d8f3f754102c3eaf');
INSERT INTO "change" VALUES (12, '2026-11-24 17:18:17.000000', 'Lan', 'paper_scan', 1, 'state', NULL, '{"id":1,"item_id":1,"kept_at":"2026-06-02 09:00:00.000000","member_id":1,"name":"phieu.pdf","sha256":"0000000000000000000000000000000000000000000000000000000000000000","version":1,"who":"Lan"}', 'cfc70957a27de8a808d57771c578b9d39133ef900cd2760ab9f9af3cafcc80b9');
INSERT INTO "change" VALUES (13, '2026-11-24 17:18:17.000000', 'Lan', 'paper_sheet', 1, 'state', NULL, '{"exclusion":"","hand_total":3,"id":1,"item_id":1,"member_id":1,"opinion":"","typed_at":"2026-06-02 09:00:00.000000","typing":1,"version":1,"who":"Lan","choices":{"1.1":"3"}}', 'd550ce7ffe6832bde209712edfca368f733fb3814fcbb25a7ec26da7586bf970');
INSERT INTO "change" VALUES (14, '2026-11-24 17:18:17.000000', 'Lan', 'person', 1, 'state', NULL, '{"agency":"","id":1,"name":"Bà Lan","once":0,"role":"clerk","pin_sha256":null,"recovery_sha256":null}', '25b533193f6f34978f68769e65922d7f718b7fba5e084b3a5691e13975f3226a');
INSERT INTO "change" VALUES (15, '2026-11-24 17:18:17.000000', 'Lan', 'inspection', 1, 'state', NULL, '{"findings":"Đúng quy định","follow_up":"","follow_up_done":null,"follow_up_due":null,"held_on":"2026-06-02","id":1,"label_right":null,"planned_on":"2026-06-02","product_id":1,"team":"Chi cục"}', '3b99d1351469279763cca15a21763de495cf4930266e18a39879f21e2c16c369');
INSERT INTO "change" VALUES (16, '2026-11-24 17:18:17.000000', 'Lan', 'rulebook_version', 1, 'state', NULL, '{"accepted_why":"","fingerprint":"0000000000000000000000000000000000000000000000000000000000000000","id":1,"in_force":"2026-05-22","reason":"Sửa lỗi","rulebook":"26/2026/QĐ-TTg","version":2,"content_sha256":"8a98bad1cca2dbe964ef031c092c82d7dcb6da6cf2efcb9e8ff716053bf60a0e"}', '5e14617871f41787dc866ba0ec1410a53f96fd30598c9caee04f0f3b160e6832');
INSERT INTO "change" VALUES (17, '2026-11-24 17:18:17.000000', 'Lan', 'setting', 0, 'state', NULL, '{"key":"office","value_sha256":"282af5169ef4d5e789585ea5271f3a262cf07dc2ce3c3bb20f58121c2ec9bd5f"}', 'fd68cd9754c4c7f7c9ea4d88dce742233005b1197a386bf664048aa0433e94e1');
INSERT INTO "change" VALUES (18, '2026-11-24 17:18:17.000000', 'Lan', 'inspection_photo', 1, 'state', NULL, '{"id":1,"inspection_id":1,"kept_at":"2026-07-01 08:00:00.000000","name":"nhan.jpg","content_sha256":"32461d5bd1773012acef0ba15636752949bd7c2ce50f9172159d9f56cf0dd9af"}', '0591907a61ddb52758967c5a649f39df030cdb2211c83c64424a195e950b59c3');
INSERT INTO "presence" VALUES (1, 1, 1);
INSERT INTO "dismissed_hint" VALUES ('nguyen thi lan', 1, 'phone', '0912345678', '');
INSERT INTO "person" VALUES (1, 'Bà Lan', '', 'clerk', NULL, 0, NULL, 0, NULL);
INSERT INTO "secret_key" VALUES ('office', X'0000000000000000000000000000000000000000000000000000000000000000', '', '2026-06-02 08:00:00.000000');
INSERT INTO "own_laptop" VALUES (1, 1, 1, NULL, '0000000000000000000000000000000000000000000000000000000000000000', NULL, 1, '0000000000000000000000000000000000000000000000000000000000000000', NULL);
INSERT INTO "paper_sheet" VALUES (1, 1, 1, 1, 1, '{"1.1":"3"}', '', '', 3, '2026-06-02 09:00:00.000000', 'Lan');
INSERT INTO "paper_scan" VALUES (1, 1, 1, 1, 'phieu.pdf', X'255044462D', '0000000000000000000000000000000000000000000000000000000000000000', '2026-06-02 09:00:00.000000', 'Lan');
INSERT INTO "inspection_photo" VALUES (1, 1, 'nhan.jpg', X'FFD8FFD9', '0000000000000000000000000000000000000000000000000000000000000000', 2, 1, '2026-07-01 08:00:00.000000');
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
CREATE INDEX ix_certificate_expires_on ON certificate (expires_on);
CREATE INDEX ix_certificate_dossier_id ON certificate (dossier_id);
CREATE INDEX ix_certificate_decision_id ON certificate (decision_id);
CREATE INDEX ix_certificate_issued_on ON certificate (issued_on);
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
