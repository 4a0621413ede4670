/** The part of the first schema about searches for leads. */
export const PIPELINE_TABLES = /* sql */ `-- A search for leads: what it reads, its three steps, and what they found. Everything is here, so that a kill loses nothing.
CREATE TABLE pipeline_runs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  provenance TEXT NOT NULL,
  list_id INTEGER REFERENCES lists(id),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE pipeline_inputs (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES pipeline_runs(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('companies', 'people')),
  reader TEXT NOT NULL CHECK (reader = 'companies' OR reader = 'linkedin' OR reader = 'vcards' OR reader = 'people'),
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pipeline_inputs_run ON pipeline_inputs(run_id, id);

CREATE TABLE pipeline_steps (
  run_id INTEGER NOT NULL REFERENCES pipeline_runs(id) ON DELETE CASCADE,
  step TEXT NOT NULL CHECK (step = 'find_companies' OR step = 'find_contacts' OR step = 'check_addresses'),
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state = 'waiting' OR state = 'running' OR state = 'stopped'
    OR state = 'failed' OR state = 'done'),
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  is_old INTEGER NOT NULL DEFAULT 0 CHECK (is_old IN (0, 1)),
  error TEXT,
  started_at INTEGER,
  finished_at INTEGER,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

-- One row of what was read; its position is unique, so that going on after a kill cannot take it twice.
CREATE TABLE pipeline_items (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES pipeline_runs(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('company', 'contact')),
  position INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  company TEXT NOT NULL DEFAULT '',
  company_key TEXT NOT NULL DEFAULT '',
  domain TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  identity TEXT NOT NULL DEFAULT '',
  texts TEXT NOT NULL DEFAULT '{}',
  source TEXT NOT NULL DEFAULT '',
  UNIQUE (run_id, kind, position)
) STRICT;
CREATE INDEX pipeline_items_verdict ON pipeline_items(run_id, kind, verdict, position);
CREATE INDEX pipeline_items_identity ON pipeline_items(run_id, identity) WHERE identity <> '';
`
