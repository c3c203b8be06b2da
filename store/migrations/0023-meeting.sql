-- 会议. Rows of the centre's own commands and of the media server's words; what terminals said is projected.

create table meeting (
  meeting_id uuid primary key,
  -- Who sees it: whoever lies within, or above.
  region text collate "C" not null,
  kind text not null check (kind in ('call', 'meeting', 'training', 'incident')),
  -- Shown to those who are invited, and not in the log.
  title text not null check (length(title) between 1 and 60),
  account_id uuid not null references account,
  chair text collate "C" not null,
  called_at timestamptz not null,
  starts_at timestamptz not null,
  ring_until timestamptz not null check (ring_until > starts_at),
  -- Whoever holds a key may enter until then; nobody ended it: it ends.
  until timestamptz not null check (until > starts_at),
  is_remote_opening boolean not null,
  phase text not null check (phase in ('planned', 'open', 'over')),
  opened_at timestamptz,
  ended_at timestamptz,
  ended_why text check (ended_why in ('chair', 'cancelled', 'expired')),
  -- How the room should be (MeetingControl in contracts); locked with its row when it is steered.
  control jsonb not null,
  check ((phase = 'over') = (ended_at is not null) and (ended_at is null) = (ended_why is null)),
  check (phase <> 'open' or opened_at is not null)
) with (fillfactor = 60);
create index meeting_running on meeting (starts_at) where phase <> 'over';
create index meeting_called on meeting (called_at, meeting_id);
create index meeting_account on meeting (account_id) where phase <> 'over';

-- 席位. The chair's too.
create table meeting_seat (
  meeting_id uuid not null references meeting,
  seat_id text collate "C" not null,
  region text collate "C" not null,
  name text not null check (length(name) <= 80),
  role text not null check (role in ('main', 'branch')),
  removed_at timestamptz,
  -- From here on projected: the first in the log counts.
  rung_at timestamptz,
  rung_position bigint,
  answer text check (answer in ('accepted', 'declined')),
  how text check (how in ('touch', 'auto')),
  answered_at timestamptz,
  answer_position bigint,
  primary key (meeting_id, seat_id),
  check ((answer is null) = (answer_position is null))
) with (fillfactor = 60);
create index meeting_seat_region on meeting_seat (region, meeting_id);

-- 点名. One row a round, and one for everybody it asked.
create table meeting_round (
  meeting_id uuid not null references meeting,
  round integer not null check (round between 1 and 99),
  opened_at timestamptz not null,
  until timestamptz not null check (until > opened_at),
  closed_at timestamptz,
  primary key (meeting_id, round)
);
create table meeting_asked (
  meeting_id uuid not null,
  round integer not null,
  seat_id text collate "C" not null,
  -- Projected: the first answer in the log counts.
  answered_at timestamptz,
  answer_position bigint,
  method text check (method in ('face', 'pin', 'pin-witness', 'button')),
  person_id uuid,
  primary key (meeting_id, round, seat_id),
  foreign key (meeting_id, round) references meeting_round,
  foreign key (meeting_id, seat_id) references meeting_seat,
  check ((answered_at is null) = (answer_position is null))
) with (fillfactor = 60);

-- 在会. While packets flowed: a spell only ever grows.
create table meeting_spell (
  spell_id uuid primary key,
  meeting_id uuid not null,
  seat_id text collate "C" not null,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at >= from_at),
  packets bigint not null check (packets >= 0),
  is_over boolean not null,
  -- When the media server last spoke of it.
  heard_at timestamptz not null,
  -- How far the log tells of it; null = not at all.
  told_until timestamptz,
  foreign key (meeting_id, seat_id) references meeting_seat
) with (fillfactor = 60);
create index meeting_spell_meeting on meeting_spell (meeting_id);
create index meeting_spell_flowing on meeting_spell (heard_at) where not is_over;
create index meeting_spell_untold on meeting_spell (spell_id)
  where is_over and (told_until is null or told_until < until_at);

-- 文字. Kept with the meeting, outside the log.
create table meeting_line (
  line_id uuid primary key,
  meeting_id uuid not null,
  seat_id text collate "C" not null,
  at timestamptz not null,
  text text not null check (length(text) between 1 and 300),
  foreign key (meeting_id, seat_id) references meeting_seat
);
create index meeting_line_meeting on meeting_line (meeting_id, at);

-- 录像. The pictures are the media server's; their digests hang in the log.
create table recording (
  recording_id uuid primary key,
  meeting_id uuid not null references meeting,
  heard_at timestamptz not null,
  -- How many segments the log tells of.
  told_segments integer not null default 0,
  -- Nothing came since the log was told.
  is_settled boolean not null default false
);
create index recording_unsettled on recording (heard_at) where not is_settled;
create index recording_meeting on recording (meeting_id, heard_at);
create table recorded_segment (
  recording_id uuid not null references recording,
  seat_id text collate "C" not null,
  no integer not null check (no between 0 and 100000),
  from_at timestamptz not null,
  duration_ms integer not null check (duration_ms >= 0),
  bytes bigint not null check (bytes >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  has_video boolean not null,
  primary key (recording_id, seat_id, no)
);

-- 远程开启许可. Projected; a village without a row does not allow it.
create table village_opening (
  region text collate "C" primary key check (length(region) = 12),
  is_allowed boolean not null,
  position bigint not null
);

-- 谁查看过: who answered a roll call, and a recording, are read too. Written whole, for each migration
-- replaces it whole. What was read of a meeting is no person: it concerns everybody of the region.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         case when body::json ->> 'subject' like 'person:%' then body::json ->> 'subject' end as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints', 'spot-check.read', 'hand-overs.read',
                 'ledger.duty', 'corrections.read', 'notice.read', 'meeting.roll-calls',
                 'meeting.recording', 'course-results.read', 'course-results.export')
     or body::json ->> 'subject' like 'person:%';
