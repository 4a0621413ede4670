/** The part of the first schema about leads. */
export const LEAD_TABLES = /* sql */ `CREATE TABLE lists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  file_name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  counts TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Not null while its leads are still being saved, or when a crash ended that: such leads count for nothing.
  saving_since INTEGER,
  -- Not null while it bounces too often: what waits for its leads stays beside its lane.
  held_at INTEGER,
  -- The rep's word that it is good, whatever comes back.
  is_trusted INTEGER NOT NULL DEFAULT 0 CHECK (is_trusted IN (0, 1))
) STRICT;
CREATE INDEX lists_held ON lists(id) WHERE held_at IS NOT NULL;
CREATE INDEX lists_saving ON lists(id) WHERE saving_since IS NOT NULL;

CREATE TABLE leads (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES lists(id),
  email TEXT NOT NULL,
  identity TEXT NOT NULL,
  domain TEXT NOT NULL,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  company TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  website TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  zone TEXT NOT NULL DEFAULT '',
  fields TEXT NOT NULL DEFAULT '{}',
  note TEXT NOT NULL DEFAULT '',
  -- Where the rep has this person from, and on what ground they may be written to.
  source TEXT NOT NULL DEFAULT '',
  basis TEXT NOT NULL DEFAULT 'unrecorded' CHECK (basis = 'consent' OR basis = 'customer' OR basis = 'inquiry'
    OR basis = 'published' OR basis = 'legitimate_interest' OR basis = 'unrecorded'),
  basis_at INTEGER,
  basis_note TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  is_role INTEGER NOT NULL DEFAULT 0 CHECK (is_role IN (0, 1)),
  review TEXT NOT NULL DEFAULT 'new' CHECK (review = 'new' OR review = 'approved' OR review = 'rejected'),
  contact TEXT NOT NULL DEFAULT 'none'
    CHECK (contact = 'none' OR contact = 'replied' OR contact = 'bounced' OR contact = 'opted_out'),
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  revision INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX leads_identity ON leads(identity) WHERE removed_at IS NULL;
CREATE INDEX leads_domain ON leads(domain);
CREATE INDEX leads_review ON leads(review, id) WHERE removed_at IS NULL;
CREATE INDEX leads_list ON leads(list_id, id) WHERE removed_at IS NULL;
CREATE INDEX leads_basis ON leads(basis, id) WHERE removed_at IS NULL;
CREATE INDEX leads_name ON leads(last_name = '', last_name COLLATE NOCASE, first_name COLLATE NOCASE, id) WHERE removed_at IS NULL;
CREATE INDEX leads_company ON leads(company = '', company COLLATE NOCASE, id) WHERE removed_at IS NULL;
CREATE INDEX leads_email ON leads(email COLLATE NOCASE, id) WHERE removed_at IS NULL;
CREATE INDEX leads_live ON leads(id) WHERE removed_at IS NULL;
CREATE INDEX leads_removed ON leads(id) WHERE removed_at IS NOT NULL;

-- The tags of leads that are not removed, as an index over leads.tags: only the triggers below write it.
CREATE TABLE lead_tags (
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (lead_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_tags_tag ON lead_tags(tag, lead_id);
CREATE TRIGGER lead_tags_insert AFTER INSERT ON leads WHEN new.tags <> '[]' AND new.removed_at IS NULL BEGIN
  INSERT INTO lead_tags(lead_id, tag) SELECT DISTINCT new.id, value FROM json_each(new.tags);
END;
CREATE TRIGGER lead_tags_update AFTER UPDATE OF tags, removed_at ON leads
WHEN new.tags <> old.tags OR (new.removed_at IS NULL) <> (old.removed_at IS NULL) BEGIN
  DELETE FROM lead_tags WHERE lead_id = old.id;
  INSERT INTO lead_tags(lead_id, tag)
  SELECT DISTINCT new.id, value FROM json_each(new.tags) WHERE new.removed_at IS NULL;
END;

-- Leads that are not removed: a count of matches needs no look at the table. A prefix index for one letter, which begins
-- a word of nearly everybody, costs an import less than a tenth; more letters would cost more and help less. The larger
-- hash spares an import many small segments.
CREATE VIRTUAL TABLE leads_fts USING fts5(
  first_name, last_name, company, title, email, tags,
  content='leads', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='1'
);
INSERT INTO leads_fts(leads_fts, rank) VALUES ('hashsize', 4194304);
CREATE TRIGGER leads_fts_insert AFTER INSERT ON leads WHEN new.removed_at IS NULL BEGIN
  INSERT INTO leads_fts(rowid, first_name, last_name, company, title, email, tags)
  VALUES (new.id, new.first_name, new.last_name, new.company, new.title, new.email, new.tags);
END;
CREATE TRIGGER leads_fts_delete AFTER DELETE ON leads WHEN old.removed_at IS NULL BEGIN
  INSERT INTO leads_fts(leads_fts, rowid, first_name, last_name, company, title, email, tags)
  VALUES ('delete', old.id, old.first_name, old.last_name, old.company, old.title, old.email, old.tags);
END;
-- One trigger, because the order of two is not defined and the old words must go first.
CREATE TRIGGER leads_fts_update AFTER UPDATE OF first_name, last_name, company, title, email, tags, removed_at ON leads BEGIN
  INSERT INTO leads_fts(leads_fts, rowid, first_name, last_name, company, title, email, tags)
  SELECT 'delete', old.id, old.first_name, old.last_name, old.company, old.title, old.email, old.tags
  WHERE old.removed_at IS NULL;
  INSERT INTO leads_fts(rowid, first_name, last_name, company, title, email, tags)
  SELECT new.id, new.first_name, new.last_name, new.company, new.title, new.email, new.tags
  WHERE new.removed_at IS NULL;
END;
`
