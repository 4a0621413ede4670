/** The part of the first schema about campaigns: their steps, their texts, and who is in them. */
export const CAMPAIGN_TABLES = /* sql */ `CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status = 'draft' OR status = 'active' OR status = 'paused'
    OR status = 'completed' OR status = 'cancelled'),
  request_key TEXT NOT NULL UNIQUE,
  scheduled_at INTEGER,
  priority INTEGER NOT NULL DEFAULT 1 CHECK (priority = 0 OR priority = 1 OR priority = 2),
  use_lead_zone INTEGER NOT NULL DEFAULT 0 CHECK (use_lead_zone IN (0, 1)),
  missed TEXT NOT NULL DEFAULT 'spread' CHECK (missed = 'spread' OR missed = 'expire' OR missed = 'ask'),
  expires_after_ms INTEGER CHECK ((missed = 'expire') = (expires_after_ms IS NOT NULL)),
  -- Kept when it ends while it is paused: what of it waits anew waits in that pause.
  paused_at INTEGER CHECK (iif(status = 'paused', paused_at IS NOT NULL, paused_at IS NULL OR status = 'completed')),
  -- Null: by the rep.
  paused_because TEXT CHECK (paused_because IS NULL OR paused_at IS NOT NULL AND paused_because = 'same_refusals'),
  archived_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

-- The mailboxes that take turns; a person stays with the one that wrote first.
CREATE TABLE campaign_mailboxes (
  campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
  mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id),
  position INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_steps (
  campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
  step INTEGER NOT NULL,
  delay_days INTEGER NOT NULL,
  delay_unit TEXT NOT NULL CHECK (delay_unit IN ('days', 'working_days')),
  threading TEXT NOT NULL CHECK (threading IN ('reply', 'new')),
  PRIMARY KEY (campaign_id, step)
) STRICT, WITHOUT ROWID;

-- The texts of a step: one, or several that are split evenly.
CREATE TABLE step_variants (
  campaign_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  variant INTEGER NOT NULL,
  template_version_id INTEGER NOT NULL REFERENCES template_versions(id),
  PRIMARY KEY (campaign_id, step, variant),
  FOREIGN KEY (campaign_id, step) REFERENCES campaign_steps(campaign_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolments (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
  lead_id INTEGER NOT NULL REFERENCES leads(id),
  mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status = 'active' OR status = 'paused' OR status = 'on_hold'
    OR status = 'replied' OR status = 'bounced' OR status = 'opted_out' OR status = 'finished' OR status = 'removed'),
  paused_at INTEGER CHECK ((status = 'paused') = (paused_at IS NOT NULL)),
  held_until INTEGER CHECK ((status = 'on_hold') = (held_until IS NOT NULL)),
  created_at INTEGER NOT NULL,
  UNIQUE (campaign_id, lead_id)
) STRICT;
CREATE INDEX enrolments_lead ON enrolments(lead_id);

-- Mails of a draft that the rep wrote over for one person. They go when the person is taken out, and with the start, which
-- makes the mails of the queue from them.
CREATE TABLE hand_edits (
  campaign_id INTEGER NOT NULL,
  lead_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  -- Whose signature stands in it, and which text it was made from.
  mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id),
  template_version_id INTEGER NOT NULL REFERENCES template_versions(id),
  -- Null: of an answer, which has the subject of its thread.
  subject TEXT,
  body TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('plain', 'formatted')),
  PRIMARY KEY (campaign_id, lead_id, step),
  FOREIGN KEY (campaign_id, lead_id) REFERENCES enrolments(campaign_id, lead_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;`
