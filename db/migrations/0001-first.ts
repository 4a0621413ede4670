import { CAMPAIGN_TABLES } from './0001-campaigns.ts'
import { LEAD_TABLES } from './0001-leads.ts'
import { MOVING_TABLES } from './0001-moving.ts'
import { PIPELINE_TABLES } from './0001-pipeline.ts'

/**
 * The first schema. STRICT throughout; moments are epoch ms; emptiness is '' where a rep could have typed something.
 * A check names its words one by one: for a list of three or more (`IN`) SQLite builds a table each time a row is written,
 * which took half the time of inserting a send.
 */
export const sql = /* sql */ `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

${LEAD_TABLES}
CREATE TABLE templates (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE,
  archived_at INTEGER
) STRICT;
CREATE UNIQUE INDEX templates_name ON templates(name) WHERE archived_at IS NULL;

CREATE TABLE template_versions (
  id INTEGER PRIMARY KEY,
  template_id INTEGER NOT NULL REFERENCES templates(id),
  version INTEGER NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('plain', 'formatted')),
  created_at INTEGER NOT NULL,
  UNIQUE (template_id, version)
) STRICT;
CREATE TRIGGER template_versions_frozen BEFORE UPDATE ON template_versions BEGIN
  SELECT RAISE(ABORT, 'a template version is never edited in place');
END;

-- The bytes of attached files, each kept once under its SHA-256 (lower-case hex).
CREATE TABLE attached_files (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  size_bytes INTEGER NOT NULL CHECK (size_bytes = length(bytes) AND size_bytes > 0),
  bytes BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- What a mail from this version carries beside its text; frozen like the version.
CREATE TABLE template_attachments (
  template_version_id INTEGER NOT NULL REFERENCES template_versions(id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL REFERENCES attached_files(hash),
  PRIMARY KEY (template_version_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX template_attachments_hash ON template_attachments(hash);
CREATE TRIGGER template_attachments_frozen BEFORE UPDATE ON template_attachments BEGIN
  SELECT RAISE(ABORT, 'a template version is never edited in place');
END;
CREATE TRIGGER template_attachments_kept BEFORE DELETE ON template_attachments BEGIN
  SELECT RAISE(ABORT, 'a template version is never edited in place');
END;

CREATE TABLE mailboxes (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind = 'practice' OR kind = 'smtp' OR kind = 'gmail' OR kind = 'outlook'),
  address TEXT NOT NULL COLLATE NOCASE,
  sender_name TEXT NOT NULL,
  signature TEXT NOT NULL,
  company TEXT NOT NULL DEFAULT '',
  postal_address TEXT NOT NULL DEFAULT '',
  opt_out TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'ready'
    CHECK (status = 'ready' OR status = 'paused' OR status = 'resting' OR status = 'needs_sign_in'),
  need TEXT CHECK ((status = 'needs_sign_in') = (need IS NOT NULL)),
  resting_until INTEGER,
  rest_reason TEXT CHECK (rest_reason IS NULL OR status = 'resting'),
  health INTEGER NOT NULL DEFAULT 100 CHECK (health BETWEEN 0 AND 100),
  health_from INTEGER NOT NULL DEFAULT 0,
  policy TEXT NOT NULL,
  smtp TEXT,
  imap TEXT,
  most_mail_bytes INTEGER,
  may_read INTEGER NOT NULL DEFAULT 0 CHECK (may_read IN (0, 1)),
  hand_over INTEGER NOT NULL DEFAULT 0 CHECK (hand_over BETWEEN 0 AND 10),
  own_addresses TEXT NOT NULL DEFAULT '[]',
  found_addresses TEXT NOT NULL DEFAULT '[]',
  cursor TEXT,
  read_at INTEGER,
  seed INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX mailboxes_address ON mailboxes(address) WHERE removed_at IS NULL;

-- What the name servers said of a mailbox's domain, the last time they were asked.
CREATE TABLE domain_reports (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailboxes(id),
  report TEXT NOT NULL CHECK (json_valid(report))
) STRICT;

-- Mails to the mailbox's own address. None is ever sent again: what a crash leaves behind is failed or uncertain.
CREATE TABLE test_mails (
  id INTEGER PRIMARY KEY,
  mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id),
  request_key TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL DEFAULT 'preparing' CHECK (status = 'preparing' OR status = 'sending'
    OR status = 'accepted' OR status = 'failed' OR status = 'uncertain'),
  provider_message_id TEXT,
  message_id TEXT,
  failure_code TEXT,
  provider_code TEXT,
  asked_at INTEGER,
  place TEXT CHECK (place = 'inbox' OR place = 'spam'),
  received_at INTEGER,
  -- The local day whose digest it is; null: a test mail. One for each day, whatever becomes of it.
  digest_date TEXT UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX test_mails_newest ON test_mails(mailbox_id, id);
CREATE TRIGGER test_mails_once BEFORE UPDATE OF status ON test_mails
WHEN old.status <> 'preparing' AND new.status = 'sending' OR old.status = 'accepted' AND new.status <> 'accepted'
BEGIN
  SELECT RAISE(ABORT, 'a test mail is asked for once');
END;

${CAMPAIGN_TABLES}

CREATE TABLE sends (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
  step INTEGER NOT NULL DEFAULT 0,
  variant INTEGER NOT NULL DEFAULT 0,
  -- The version its text was made from: what it brings back is told of that one, and its attachments are the mail's.
  template_version_id INTEGER REFERENCES template_versions(id),
  is_follow_up INTEGER NOT NULL GENERATED ALWAYS AS (step > 0) VIRTUAL,
  lead_id INTEGER NOT NULL REFERENCES leads(id),
  mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id),
  generation INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL UNIQUE,
  to_address TEXT NOT NULL,
  to_identity TEXT NOT NULL DEFAULT '',
  to_name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status = 'pending' OR status = 'processing' OR status = 'sent' OR status = 'failed'
      OR status = 'cancelled' OR status = 'skipped' OR status = 'uncertain'),
  stage TEXT CHECK ((status = 'processing') = (stage IS NOT NULL)
    AND (stage = 'drafting' OR stage = 'drafted' OR stage = 'sending' OR stage = 'handed_over')),
  outcome TEXT NOT NULL DEFAULT 'none' CHECK (outcome = 'none' OR outcome = 'bounced'
    OR outcome = 'replied' OR outcome = 'auto_replied' OR outcome = 'opted_out'),
  priority INTEGER NOT NULL DEFAULT 1 CHECK (priority = 0 OR priority = 1 OR priority = 2),
  zone TEXT NOT NULL DEFAULT '',
  not_before INTEGER NOT NULL,
  due_code TEXT NOT NULL DEFAULT 'scheduled',
  parked TEXT,
  is_approved_late INTEGER NOT NULL DEFAULT 0 CHECK (is_approved_late IN (0, 1)),
  owes_text INTEGER NOT NULL DEFAULT 0 CHECK (owes_text IN (0, 1)),
  scheduled_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  draft_id TEXT,
  provider_message_id TEXT,
  thread_id TEXT,
  message_id TEXT,
  skipped_code TEXT,
  failure_code TEXT,
  failure_provider_code TEXT,
  started_at INTEGER,
  paced_at INTEGER,
  finished_at INTEGER,
  created_at INTEGER NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0,
  UNIQUE (campaign_id, step, lead_id)
) STRICT;
-- A lane is what waits for the same things: mailbox, campaign, kind of mail, zone, priority. Its head is one probe away.
CREATE INDEX sends_lanes ON sends(mailbox_id, campaign_id, is_follow_up, zone, priority, not_before, id)
  WHERE status = 'pending' AND parked IS NULL;
CREATE INDEX sends_pending ON sends(mailbox_id, lead_id) WHERE status = 'pending';
CREATE INDEX sends_in_flight ON sends(mailbox_id, id) WHERE status = 'processing';
CREATE INDEX sends_uncertain ON sends(mailbox_id, id) WHERE status = 'uncertain';
CREATE INDEX sends_failed ON sends(id) WHERE status = 'failed';
CREATE INDEX sends_history ON sends(mailbox_id, paced_at) WHERE paced_at IS NOT NULL;
CREATE INDEX sends_finished ON sends(finished_at, id) WHERE finished_at IS NOT NULL;
CREATE INDEX sends_campaign ON sends(campaign_id, status);
CREATE INDEX sends_lead ON sends(lead_id, id);
CREATE INDEX sends_sent ON sends(lead_id) WHERE status = 'sent';
-- Where an answer belongs.
CREATE INDEX sends_message_id ON sends(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX sends_thread ON sends(mailbox_id, thread_id) WHERE thread_id IS NOT NULL;
-- Figures over time (db/queries/insights.ts): quarters of an hour, counted in the order of the index without sorting. Only
-- with finished_at itself as well does SQLite see that the index holds all that is asked for.
CREATE INDEX sends_insights ON sends(finished_at / 900000, mailbox_id, step, template_version_id, outcome, finished_at)
WHERE status = 'sent';
-- What was sent stays sent, what the rep ended stays ended. 'failed' may be tried again on the rep's word, or be found among
-- the sent mail; what a rule skipped waits again when the verdict behind that rule is taken back: it was never handed over.
-- What was cancelled with its step or its person is queued anew with them: as a new mail.
CREATE TRIGGER sends_terminal BEFORE UPDATE OF status ON sends
WHEN old.status = 'sent' AND new.status <> 'sent'
  OR old.status = 'cancelled' AND new.status <> 'cancelled'
    AND NOT (new.status = 'pending' AND new.generation > old.generation)
  OR old.status = 'skipped' AND new.status <> 'skipped' AND new.status <> 'pending'
  OR old.status = 'failed' AND new.status <> 'failed' AND new.status <> 'pending' AND new.status <> 'sent'
BEGIN
  SELECT RAISE(ABORT, 'a send that has ended does not move');
END;

-- It stood aside for want of a ground to write to the person: it is asked again once somebody has looked after that.
CREATE TRIGGER leads_basis AFTER UPDATE OF country, domain, basis, basis_at, basis_note ON leads
WHEN new.country <> old.country OR new.domain <> old.domain OR new.basis <> old.basis OR new.basis_at IS NOT old.basis_at
  OR new.basis_note <> old.basis_note
BEGIN
  UPDATE sends SET parked = NULL, revision = revision + 1
  WHERE lead_id = new.id AND status = 'pending' AND parked = 'basis_missing';
END;

CREATE TABLE send_bodies (
  send_id INTEGER PRIMARY KEY REFERENCES sends(id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT
) STRICT;

-- The mail as approved, with marks for what is dated at dispatch, while an attempt's own text stands in send_bodies.
CREATE TABLE dated_bodies (
  send_id INTEGER PRIMARY KEY REFERENCES sends(id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT
) STRICT;

CREATE TABLE snippets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  send_id INTEGER,
  lead_id INTEGER,
  campaign_id INTEGER,
  mailbox_id INTEGER,
  data TEXT
) STRICT;
CREATE INDEX events_send ON events(send_id, id) WHERE send_id IS NOT NULL;
CREATE INDEX events_pauses ON events(id)
WHERE kind = 'app_paused' OR kind = 'app_resumed' OR kind = 'mailbox_paused' OR kind = 'mailbox_resumed';
CREATE INDEX events_stops ON events(campaign_id, id)
WHERE kind = 'campaign_paused' OR kind = 'campaign_resumed' OR kind = 'campaign_cancelled' OR kind = 'campaign_completed'
  OR kind = 'enrolment_paused' OR kind = 'enrolment_resumed' OR kind = 'enrolment_removed' OR kind = 'enrolment_ended';
-- What the rep may be told of in a notification (db/queries/notices.ts).
CREATE INDEX events_notices ON events(id)
WHERE kind = 'mail_received' OR kind = 'mailbox_signed_out' OR kind = 'campaign_completed' OR kind = 'send_unanswered';
-- A day of the activity feed, however far back.
CREATE INDEX events_at ON events(at);
CREATE TRIGGER events_append_only_update BEFORE UPDATE ON events BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER events_append_only_delete BEFORE DELETE ON events BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;

-- What was foreseen for each waiting mail when it was last noted, and how that changed since; at null: it depended on the rep.
CREATE TABLE foreseen (
  send_id INTEGER PRIMARY KEY REFERENCES sends(id) ON DELETE CASCADE,
  at INTEGER
) STRICT;
CREATE TABLE forecast_changes (
  id INTEGER PRIMARY KEY,
  send_id INTEGER NOT NULL REFERENCES sends(id) ON DELETE CASCADE,
  noted_at INTEGER NOT NULL,
  from_at INTEGER,
  to_at INTEGER,
  -- What caused it; null: time passed otherwise than foreseen.
  event_id INTEGER REFERENCES events(id)
) STRICT;
CREATE INDEX forecast_changes_send ON forecast_changes(send_id, id);

${MOVING_TABLES}
-- Incoming mail that concerned a send, with what it changed, so that a wrong verdict can be taken back.
CREATE TABLE incoming (
  id INTEGER PRIMARY KEY,
  mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id),
  provider_message_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  from_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL
    CHECK (verdict = 'bounced' OR verdict = 'auto_replied' OR verdict = 'opted_out' OR verdict = 'replied'),
  severity TEXT CHECK ((verdict = 'bounced') = (severity IS NOT NULL)
    AND (severity = 'hard' OR severity = 'soft' OR severity = 'blocked')),
  send_id INTEGER NOT NULL REFERENCES sends(id),
  lead_id INTEGER NOT NULL REFERENCES leads(id),
  matched_by TEXT NOT NULL,
  evidence TEXT NOT NULL,
  returns_at INTEGER,
  before TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  undone_at INTEGER,
  UNIQUE (mailbox_id, provider_message_id)
) STRICT;
CREATE INDEX incoming_newest ON incoming(received_at, id);
CREATE INDEX incoming_send ON incoming(send_id);
CREATE INDEX incoming_lead ON incoming(lead_id);

-- What left the mailbox by another program: it counts against the caps.
CREATE TABLE outside_mails (
  mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id),
  provider_message_id TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (mailbox_id, provider_message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outside_mails_at ON outside_mails(mailbox_id, sent_at);

CREATE TABLE suppressions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind = 'address' OR kind = 'domain' OR kind = 'company'),
  value TEXT NOT NULL,
  typed TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (kind, value)
) STRICT;

-- People who were erased, as a keyed hash of their identity: enough to keep them out, too little to name them.
CREATE TABLE erased_people (
  mark TEXT PRIMARY KEY,
  erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

${PIPELINE_TABLES}
CREATE TABLE undos (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind = 'review' OR kind = 'tag' OR kind = 'edit' OR kind = 'remove'),
  lead_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  -- making: the change is still being made. open: the rep may take it back. returning: being taken back. shut: used or too
  -- old, its rows go a piece at a time. A start that finds one in the making or returning takes it back to the end.
  state TEXT NOT NULL DEFAULT 'making' CHECK (state = 'making' OR state = 'open' OR state = 'returning' OR state = 'shut')
) STRICT;
CREATE INDEX undos_shut ON undos(id) WHERE state = 'shut';

CREATE TABLE undo_leads (
  undo_id INTEGER NOT NULL REFERENCES undos(id) ON DELETE CASCADE,
  lead_id INTEGER NOT NULL REFERENCES leads(id) ON DELETE CASCADE,
  revision_before INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  before TEXT NOT NULL,
  PRIMARY KEY (undo_id, lead_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX undo_leads_lead ON undo_leads(lead_id);
`
