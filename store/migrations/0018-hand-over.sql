-- 交接班: what one shift leaves for the next, and how far it came.

-- Projected from the log: no word anybody wrote stands here, and no recording ever reaches the centre.
create table hand_over_item (
  item_id uuid primary key,
  -- Of the fact that left it, and of the last one that changed it.
  position bigint not null,
  changed_position bigint not null,
  region text collate "C" not null,
  terminal_id text not null,
  -- Of whoever left it.
  shift text collate "C" not null,
  left_by uuid not null,
  left_at timestamptz not null,
  -- Prepared sentences, by their codes.
  sentences text[] not null,
  -- Length of the recording at the terminal; null = there is none.
  voice_seconds smallint check (voice_seconds between 1 and 60),
  -- Own words, as they stand in the log: {keyId, enc, box}.
  sealed jsonb,
  state text not null check (state in ('left', 'accepted', 'done')),
  -- The newest acceptance: every shift accepts what is open.
  accepted_shift text collate "C",
  accepted_by uuid,
  accepted_at timestamptz,
  done_by uuid,
  done_at timestamptz
);
create index hand_over_item_region on hand_over_item (region, position);
create index hand_over_item_open on hand_over_item (region, position) where state <> 'done';
create index hand_over_item_key on hand_over_item (terminal_id, (sealed ->> 'keyId')) where sealed is not null;

-- What was written, outside the log so that it can be erased. An erased row stays, empty.
create table hand_over_text (
  item_id uuid primary key,
  text text check (length(text) <= 200),
  -- The seal could not be opened: its key is gone, or it was damaged.
  unreadable boolean not null default false,
  erased_at timestamptz
);

-- 谁查看过: the list of hand-overs names the people of a village too.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         body::json ->> 'subject' as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints', 'spot-check.read',
                 'hand-overs.read')
     or body::json ->> 'subject' like 'person:%';
