-- 值班规则与换班. Which days are no ordinary ones, how each post is filled, and who asked to change a duty.

-- 节假日与调休, imported as rows: by prefecture, or by a county that has its own year.
create table calendar_day (
  region text collate "C" not null references division (region) check (length(region) in (4, 6)),
  day date not null,
  kind text not null check (kind in ('holiday', 'workday')),
  name text not null check (length(name) between 1 and 32),
  primary key (region, day)
);

-- 排班规则: {shifts, dayKinds, rotation, people}.
create table roster_pattern (
  region text collate "C" not null references division (region) check (length(region) = 12),
  post text collate "C" not null check (post in ('lead', 'watch', 'standby')),
  pattern jsonb not null,
  primary key (region, post)
);

-- 换班, 请假, 顶班. Projected from the log: ids alone.
create table duty_change (
  change_id uuid primary key,
  -- Of the fact that asked, and of the last one that changed it.
  position bigint not null,
  changed_position bigint not null,
  region text collate "C" not null,
  kind text not null check (kind in ('swap', 'leave', 'take-over')),
  state text not null check (state in ('asked', 'agreed', 'approved', 'refused', 'withdrawn')),
  -- As it was asked for: {kind, changeId, personId, duty, otherId, otherDuty}.
  ask jsonb not null,
  asked_at timestamptz not null,
  asked_by text not null,
  asked_said_by text not null check (asked_said_by in ('console', 'kiosk')),
  agreed_at timestamptz,
  agreed_by text,
  agreed_said_by text check (agreed_said_by in ('console', 'kiosk')),
  decided_at timestamptz,
  decided_by text,
  -- Never approved without both words.
  check (state not in ('agreed', 'approved') or agreed_at is not null),
  check ((decided_at is null) = (state in ('asked', 'agreed')))
);
create index duty_change_region on duty_change (region, position);

-- 谁查看过. Rosters name the people of a village too.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         body::json ->> 'subject' as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read')
     or body::json ->> 'subject' like 'person:%';
