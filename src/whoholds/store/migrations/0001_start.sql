CREATE TABLE store (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE reports (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    outlet TEXT NOT NULL,
    lang TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    url TEXT,
    day TEXT,
    published TEXT,
    published_text TEXT,
    retrieved TEXT,
    known_day TEXT NOT NULL,
    origin TEXT NOT NULL,
    text TEXT NOT NULL,
    categories TEXT NOT NULL,
    parts TEXT NOT NULL,
    segments TEXT NOT NULL,
    original BLOB NOT NULL,
    UNIQUE (id, version)
);
CREATE INDEX reports_day ON reports (known_day, outlet);
CREATE VIRTUAL TABLE reports_text USING fts5 (
    title, text, content='reports', content_rowid='n', tokenize="unicode61 remove_diacritics 2"
);

CREATE TABLE tombstones (report_id TEXT PRIMARY KEY, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE set_aside (
    origin TEXT NOT NULL, error TEXT NOT NULL, problem TEXT NOT NULL, remedy TEXT NOT NULL,
    PRIMARY KEY (origin, problem)
);

CREATE TABLE readings (
    report_id TEXT NOT NULL, version TEXT NOT NULL, reading TEXT NOT NULL,
    PRIMARY KEY (report_id, version)
);
CREATE TABLE claims (
    id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    version TEXT NOT NULL,
    kind TEXT NOT NULL,
    side TEXT,
    stance TEXT NOT NULL,
    hedged INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    speaker TEXT,
    speaker_side TEXT,
    day TEXT,
    evidence TEXT NOT NULL,
    words TEXT NOT NULL,
    rule TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id, version)
);
CREATE INDEX claims_report ON claims (report_id, version);

CREATE TABLE placed (
    claim_id TEXT NOT NULL,
    version TEXT NOT NULL,
    outlet TEXT NOT NULL,
    valid_day TEXT NOT NULL,
    known_day TEXT NOT NULL,
    witness TEXT NOT NULL,
    speakers TEXT NOT NULL,
    resolutions TEXT NOT NULL,
    PRIMARY KEY (claim_id, version)
);
CREATE INDEX placed_days ON placed (known_day, valid_day);
CREATE TABLE resolved (
    claim_id TEXT NOT NULL, version TEXT NOT NULL, at INTEGER NOT NULL,
    place_id INTEGER, area TEXT, probability REAL,
    PRIMARY KEY (claim_id, version, at)
);
CREATE INDEX resolved_place ON resolved (place_id);
CREATE INDEX resolved_area ON resolved (area);

CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, country TEXT NOT NULL,
    admin1 TEXT NOT NULL, feature TEXT NOT NULL, population INTEGER NOT NULL, base TEXT
);
CREATE INDEX places_name ON places (name COLLATE NOCASE);
CREATE TABLE areas (key TEXT PRIMARY KEY, wkb BLOB NOT NULL);
CREATE TABLE estimates (
    series TEXT NOT NULL, place_id INTEGER NOT NULL, day TEXT NOT NULL, status TEXT NOT NULL,
    probabilities TEXT NOT NULL, basis TEXT NOT NULL, n_claims INTEGER NOT NULL,
    PRIMARY KEY (series, place_id, day)
) WITHOUT ROWID;
CREATE TABLE maps (name TEXT PRIMARY KEY, day TEXT, sha256 TEXT NOT NULL, original BLOB NOT NULL);
CREATE TABLE runs (
    n INTEGER PRIMARY KEY, inputs TEXT NOT NULL, settings TEXT NOT NULL, summary TEXT NOT NULL, at TEXT NOT NULL
);

CREATE TABLE judgements (
    n INTEGER PRIMARY KEY, claim_id TEXT NOT NULL, verdict TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    note TEXT NOT NULL, place_id INTEGER, kind TEXT
);
CREATE INDEX judgements_claim ON judgements (claim_id);
