-- 在岗抽查. What was ordered stands in the tables of the order; what became of it is projected from the log.

create table spot_check (
  check_id uuid primary key,
  -- Whatever lies within it was asked for; of a prefecture, a county, a township or a village.
  region text collate "C" not null,
  reason text not null check (
    reason in ('weather-warning', 'holiday-guard', 'incident-nearby', 'equipment-test', 'routine')),
  -- Shown to the village, and not in the log.
  note text not null check (length(note) <= 100),
  seconds integer not null check (seconds between 30 and 900),
  ordered_at timestamptz not null,
  until timestamptz not null check (until > ordered_at),
  account_id uuid not null references account,
  withdrawn_at timestamptz check (withdrawn_at >= ordered_at)
);
create index spot_check_account on spot_check (account_id, ordered_at);

-- One village of a check: a row also where it was left out, with the reason.
create table spot_check_village (
  check_id uuid not null references spot_check,
  region text collate "C" not null check (length(region) = 12),
  -- Of the check: quota, days and reachability are read by village and time.
  ordered_at timestamptz not null,
  until timestamptz not null,
  left_out text check (left_out in ('not-equipped', 'quota-used')),
  -- From here on projected; instants by the server's clock (foldSpotCheck in contracts).
  delivered_at timestamptz,
  shown_at timestamptz,
  answered_at timestamptz,
  came_too_late_at timestamptz,
  answered_late_at timestamptz,
  person_id uuid,
  method text check (method in ('face', 'pin', 'pin-witness')),
  -- From shown to answered, by the running of one boot.
  answer_ms bigint check (answer_ms >= 0),
  call_asked_at timestamptz,
  called_back_at timestamptz,
  called_back_reached boolean,
  called_back_position bigint,
  primary key (check_id, region)
) with (fillfactor = 60);
create index spot_check_village_region on spot_check_village (region, ordered_at) where left_out is null;

-- What terminals said of checks, one row a fact: the order in which it came does not matter.
create table spot_check_mark (
  check_id uuid not null,
  region text collate "C" not null,
  position bigint not null,
  kind text not null check (kind in ('delivered', 'shown', 'answered', 'call-asked')),
  received_at timestamptz not null,
  boot_id uuid not null,
  uptime_ms bigint not null,
  person_id uuid,
  method text,
  primary key (check_id, region, position)
);

-- 可达时长. One row a ring that was not withdrawn: how long after the order the village answered,
-- null = not in time. A village that asked to be called, and was spoken to, answered when it asked.
create view reachability as
select v.region, v.ordered_at, to_char(v.ordered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
       round(extract(epoch from r.reached_at - v.ordered_at) * 1000)::bigint as reach_ms
from spot_check_village v
join spot_check c using (check_id)
cross join lateral (select least(v.answered_at,
  case when v.called_back_reached then v.call_asked_at end) as reached_at) r
where v.left_out is null and (c.withdrawn_at is null or r.reached_at is not null);

-- 谁查看过: who answered a check is read by name too. Written whole, for each migration replaces it whole.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         body::json ->> 'subject' as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints', 'spot-check.read')
     or body::json ->> 'subject' like 'person:%';
