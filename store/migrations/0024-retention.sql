-- 留存. What a meeting leaves behind is erased after its time, or before by an officer, unless it is held.

-- Whose title was erased has none.
alter table meeting drop constraint meeting_title_check;
alter table meeting add constraint meeting_title_check
  check (length(title) <= 60 and (title <> '' or phase = 'over'));

-- 留存期限. As the program was told at its last start; each change stands in the audit.
create table retention_rule (
  kind text primary key check (kind in ('recordings', 'decks', 'lines', 'title', 'notes')),
  days integer not null check (days between 1 and 36500),
  since timestamptz not null
);

-- 保全. While it is not released nothing of the meeting is erased.
create table meeting_hold (
  hold_id uuid primary key,
  meeting_id uuid not null references meeting,
  reason text not null check (length(reason) between 1 and 200),
  placed_by uuid not null references account,
  placed_at timestamptz not null,
  released_by uuid references account,
  released_at timestamptz check (released_at >= placed_at),
  release_reason text check (length(release_reason) between 1 and 200),
  check ((released_at is null) = (released_by is null)
    and (released_at is null) = (release_reason is null))
);
create unique index meeting_hold_standing on meeting_hold (meeting_id) where released_at is null;
create index meeting_hold_meeting on meeting_hold (meeting_id, placed_at);

-- 删除. One row a meeting and kind, for ever.
create table meeting_erasure (
  meeting_id uuid not null references meeting,
  kind text not null check (kind in ('recordings', 'decks', 'lines', 'title')),
  why text not null check (why in ('age', 'hand')),
  -- Whole days from the meeting's end.
  after_days integer not null check (after_days >= 0),
  -- Of an erasure by hand; no words of the meeting.
  reason text check (length(reason) between 1 and 200),
  account_id uuid references account,
  decided_at timestamptz not null,
  -- Files lie at the media server until it said that they are gone.
  done_at timestamptz check (done_at >= decided_at),
  -- How many files, or lines, it were; null = not known yet.
  pieces integer check (pieces >= 0),
  primary key (meeting_id, kind),
  check ((why = 'hand') = (reason is not null) and (why = 'hand') = (account_id is not null)),
  check ((done_at is null) = (pieces is null))
);
create index meeting_erasure_waiting on meeting_erasure (decided_at) where done_at is null;

create index meeting_over on meeting (ended_at) where phase = 'over';

-- Its note is erased, the check itself stays.
alter table spot_check add column note_erased_at timestamptz;
create index spot_check_noted on spot_check (until) where note <> '';
