-- 申诉与更正. What was said against a finding of the ledger, and what two people made of it. The ledger's own
-- row is never touched by it.

-- Projected from the log: no word anybody wrote stands here.
create table duty_correction (
  correction_id uuid primary key,
  -- Of the fact that began it, and of the last one that changed it.
  position bigint not null,
  changed_position bigint not null,
  region text collate "C" not null check (length(region) = 12),
  post text collate "C" not null check (post in ('lead', 'watch', 'standby')),
  day text collate "C" not null,
  span text not null check (span in ('day', 'night', 'full')),
  -- With region and post: the row of the ledger it speaks of, whether that is here yet or not.
  starts_at timestamptz not null,
  person_id uuid not null,
  state text not null check (state in ('appealed', 'proposed', 'approved', 'refused', 'joined')),
  -- Null = nobody appealed: an officer began it.
  appealed_at timestamptz,
  appeal_received_at timestamptz,
  appealed_by text,
  appeal_reason text,
  -- The kiosk it was said at; null = at the console.
  terminal_id text,
  -- Own words, as they stand in the log: {keyId, enc, box}.
  sealed jsonb,
  proposed_at timestamptz,
  proposed_by text,
  proposal_reason text,
  -- What the ledger said then.
  original text,
  verdict text check (verdict in ('on-time', 'late', 'covered', 'absent', 'not-owed', 'stands')),
  decided_at timestamptz,
  decided_by text,
  check ((appealed_at is null) = (appealed_by is null)),
  check (appealed_by is not null or proposed_by is not null),
  check ((proposed_at is null) = (verdict is null) and (proposed_at is null) = (original is null)),
  check ((state in ('approved', 'refused')) = (decided_by is not null)),
  -- Nobody is their own second person, whatever the program thinks.
  check (decided_by <> proposed_by and (appealed_by is null or decided_by <> appealed_by))
);
create index duty_correction_region on duty_correction (region, position);
create index duty_correction_duty on duty_correction (region, post, starts_at);
create index duty_correction_key on duty_correction (terminal_id, (sealed ->> 'keyId')) where sealed is not null;
-- One open case a duty.
create unique index duty_correction_open on duty_correction (region, post, starts_at)
  where state in ('appealed', 'proposed');

-- What was written, outside the log so that it can be erased. An erased row stays, empty.
create table duty_correction_text (
  correction_id uuid primary key,
  text text check (length(text) <= 200),
  -- The seal could not be opened: its key is gone, or it was damaged.
  unreadable boolean not null default false,
  erased_at timestamptz
);

-- 谁查看过: one duty with its evidence and its cases, and the list of cases, name people too. Written whole,
-- for each migration replaces it whole.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         body::json ->> 'subject' as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints', 'spot-check.read', 'hand-overs.read',
                 'ledger.duty', 'corrections.read')
     or body::json ->> 'subject' like 'person:%';
