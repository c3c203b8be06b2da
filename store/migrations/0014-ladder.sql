-- 逐级提醒. Who was told that nobody came, when, and how far the message got. Nothing of it stands in a
-- timer: a process that fell finds here what was done and what is due.

-- 提醒规则 of a prefecture, county or township; the nearest one above a village holds.
create table ladder_rule (
  region text collate "C" primary key references division (region) check (length(region) <= 9),
  rule jsonb not null,
  changed_at timestamptz not null,
  account_id uuid not null references account
);

-- A rung of one duty, once.
create table ladder_step (
  -- 540235100201.watch.2026-11-27.day
  subject text collate "C" not null,
  rung text not null check (rung in ('remind', 'fallback', 'township', 'county')),
  cause text not null check (cause in ('absent', 'unheard', 'gap')),
  region text collate "C" not null,
  at timestamptz not null,
  asked smallint not null check (asked >= 0),
  primary key (subject, rung)
);
create index ladder_step_region on ladder_step (region, at desc);

-- 已确认. `by` = whose word it is: an account, or the person it was taken from.
create table ladder_acknowledgement (
  subject text collate "C" not null,
  rung text not null,
  by text not null,
  at timestamptz not null,
  account_id uuid not null references account,
  primary key (subject, rung, by),
  foreign key (subject, rung) references ladder_step
);

-- 通知. One message to one recipient by one channel; it may speak of many duties.
create table notification (
  notification_id uuid primary key,
  rung text not null,
  cause text not null,
  -- account:…, person:…, or webhook.
  recipient text not null,
  channel text not null check (channel in ('console', 'email', 'sms', 'webhook')),
  state text not null check (state in ('waiting', 'sent', 'failed', 'unreachable')),
  attempts smallint not null default 0,
  -- When it is tried next; while one process tries it, when it is free for another.
  next_at timestamptz not null,
  detail text check (length(detail) <= 200),
  made_at timestamptz not null,
  settled_at timestamptz,
  acknowledged_at timestamptz
);
create index notification_due on notification (next_at) where state = 'waiting';
create index notification_inbox on notification (recipient, made_at desc) where channel = 'console';
create index notification_made on notification (made_at);

create table notification_duty (
  notification_id uuid not null references notification on delete cascade,
  subject text collate "C" not null,
  rung text not null,
  primary key (notification_id, subject),
  foreign key (subject, rung) references ladder_step on delete cascade
);
create index notification_duty_subject on notification_duty (subject, rung);

-- Where somebody is told, sealed by the centre: the database cannot read it.
create table contact_point (
  recipient text not null check (recipient ~ '^(account|person):[0-9a-f-]{36}$'),
  channel text not null check (channel in ('email', 'sms')),
  cipher bytea not null,
  masked text not null check (length(masked) between 3 and 254),
  primary key (recipient, channel)
);
