/** The part of the first schema about contacts with people, where they are known from, and what counts as one person. */
export const MOVING_TABLES = /* sql */ `-- Earlier contacts brought in from elsewhere, as one import that can be undone as a whole.
CREATE TABLE touch_imports (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind = 'file' OR kind = 'mailbox'),
  -- The file's name, or the address of the mailbox.
  name TEXT NOT NULL,
  mailbox_id INTEGER REFERENCES mailboxes(id) CHECK ((kind = 'mailbox') = (mailbox_id IS NOT NULL)),
  stage TEXT NOT NULL CHECK (stage = 'reading' OR stage = 'stopped' OR stage = 'found' OR stage = 'keeping'
    OR stage = 'kept' OR stage = 'undoing' OR stage = 'undone'),
  -- A mailbox: what was sent from since_at to until_at, read from the newest down; read_at is how far.
  since_at INTEGER NOT NULL DEFAULT 0,
  until_at INTEGER NOT NULL DEFAULT 0,
  read_at INTEGER NOT NULL DEFAULT 0,
  mails INTEGER NOT NULL DEFAULT 0,
  failure_code TEXT,
  kept INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

-- What an import has found and the rep has not kept yet.
CREATE TABLE found_touches (
  import_id INTEGER NOT NULL REFERENCES touch_imports(id) ON DELETE CASCADE,
  identity TEXT NOT NULL,
  at INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (import_id, identity, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE touches (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source = 'sent' OR source = 'imported' OR source = 'by_hand'),
  send_id INTEGER UNIQUE REFERENCES sends(id),
  import_id INTEGER REFERENCES touch_imports(id) CHECK ((source = 'imported') = (import_id IS NOT NULL)),
  -- The subject or the campaign, where an import told it.
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX touches_identity ON touches(identity, at);
-- One mail is one contact, however often it is imported or seen in the Sent folder.
CREATE UNIQUE INDEX touches_once ON touches(identity, at) WHERE send_id IS NULL;
CREATE INDEX touches_by_hand ON touches(at) WHERE source = 'by_hand';
CREATE INDEX touches_import ON touches(import_id) WHERE import_id IS NOT NULL;

-- The rep's word that a lead may be written to once, although the cool-down is not over.
CREATE TABLE cool_down_overrides (
  id INTEGER PRIMARY KEY,
  lead_id INTEGER NOT NULL REFERENCES leads(id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_send_id INTEGER REFERENCES sends(id),
  withdrawn_at INTEGER
) STRICT;
CREATE UNIQUE INDEX cool_down_overrides_lead ON cool_down_overrides(lead_id) WHERE withdrawn_at IS NULL;
CREATE INDEX cool_down_overrides_send ON cool_down_overrides(used_send_id) WHERE used_send_id IS NOT NULL;
-- The next mail that leaves for this lead uses it up, whoever sends it; one that surely did not leave gives it back.
CREATE TRIGGER cool_down_overrides_use AFTER INSERT ON touches WHEN new.send_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM cool_down_overrides WHERE lead_id = (SELECT lead_id FROM sends WHERE id = new.send_id)
    AND withdrawn_at IS NULL AND used_send_id IS NULL)
BEGIN
  INSERT INTO events (at, kind, send_id, lead_id)
    SELECT new.at, 'send_allowed_again', id, lead_id FROM sends WHERE id = new.send_id;
  UPDATE cool_down_overrides SET used_send_id = new.send_id
    WHERE lead_id = (SELECT lead_id FROM sends WHERE id = new.send_id) AND withdrawn_at IS NULL AND used_send_id IS NULL;
END;
CREATE TRIGGER cool_down_overrides_return AFTER DELETE ON touches WHEN old.send_id IS NOT NULL BEGIN
  UPDATE cool_down_overrides SET used_send_id = NULL WHERE used_send_id = old.send_id;
END;

-- Domains of one company: the same name before the @ is the same person at each of them. One of them stands for all.
CREATE TABLE domain_aliases (
  domain TEXT PRIMARY KEY,
  main_domain TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX domain_aliases_main ON domain_aliases(main_domain, domain);
`
