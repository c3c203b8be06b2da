-- 值班台账. What is known of every duty: a row each, judged again whenever something it rests on changed.

-- 完整水位 of each device key: everything it said up to then is in the log and projected. Never goes back.
create table duty_heard (
  source text primary key references terminal_source,
  heard_until timestamptz not null
);

-- Since when a slot stands as it does: who is put on a duty that has begun owes it from then on.
alter table roster_slot add column set_at timestamptz not null default now();

-- The two figures of a face, as one text: two frames that are equal to the last digit are worth a look.
alter table check_in add column face_figures text;
create index check_in_uncertain_region on check_in (region) where not certain;

create table duty_ledger (
  region text collate "C" not null check (length(region) = 12),
  post text collate "C" not null check (post in ('lead', 'watch', 'standby')),
  -- The day it began, in Asia/Shanghai: a night belongs to it whole.
  day text collate "C" not null,
  span text not null check (span in ('day', 'night', 'full')),
  person_id uuid not null,
  fallback_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Later than starts_at where the roster that asks for it came later.
  owed_from timestamptz not null,
  verdict text not null check
    (verdict in ('open', 'not-yet', 'on-time', 'late', 'covered', 'absent', 'unknown')),
  why text check (why in ('uncertain-clock', 'not-heard', 'no-terminal', 'entered-later')),
  method text check (method in ('face', 'pin-witness', 'pin')),
  checked_in_at timestamptz,
  late_minutes integer check (late_minutes >= 0),
  received_at timestamptz,
  -- 补记于: the word that settled it came an hour and more after its end.
  completed_at timestamptz,
  simulated boolean not null default false,
  sample_camera boolean not null default false,
  judged_at timestamptz not null,
  -- A unique key of a hypertable contains its time column.
  primary key (region, post, starts_at),
  check ((verdict = 'unknown') = (why is not null)),
  check ((verdict in ('on-time', 'late', 'covered')) = (checked_in_at is not null))
);
-- if timescaledb
select create_hypertable('duty_ledger', 'starts_at', chunk_time_interval => interval '30 days');
-- end
create index duty_ledger_region on duty_ledger (region, starts_at);
create index duty_ledger_day on duty_ledger (region, day);
-- A page of the ledger is the newest of a scope.
create index duty_ledger_newest on duty_ledger (starts_at desc, region, post);

-- What must be judged again. The same may stand here twice: nobody who writes waits for the one who reads.
create table ledger_touched (
  id bigint generated always as identity primary key,
  region text collate "C" not null,
  day text collate "C" not null
);

-- One row: up to when time alone has touched the ledger.
create table ledger_clock (
  one boolean primary key default true check (one),
  touched_until timestamptz not null
);

-- The days one check-in may matter to. Certain: those of its own shift and of one it was early for.
-- Uncertain, or uncertain until now: every day from its device's beginning, two months at most.
create function ledger_days(effective timestamptz, received timestamptz, enrolled timestamptz, wide boolean)
returns setof text language sql stable as $$
  select left(shift_at(effective), 10)
  union
  select left(shift_at(effective + interval '2 hours'), 10)
  union
  select to_char(d, 'YYYY-MM-DD')
  from generate_series(
    left(shift_at(greatest(enrolled, received - interval '62 days')), 10)::date,
    left(shift_at(received + interval '2 hours'), 10)::date, interval '1 day') as d
  where wide
$$;

-- 台账汇总: how many duties of each day ended how, by village and by township. The same two views
-- everywhere: continuous aggregates where TimescaleDB can, else counts that a trigger keeps.

-- if timescaledb community
create materialized view duty_bucket_village
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket(interval '1 day', starts_at) as bucket, region, day, post, verdict,
       coalesce(method, 'none') as method, count(*) as duties,
       sum(coalesce(late_minutes, 0)) as late_minutes, count(completed_at) as completed
from duty_ledger
group by 1, 2, 3, 4, 5, 6
with no data;

create materialized view duty_bucket_township
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket(interval '1 day', starts_at) as bucket, left(region, 9) as region, day, post, verdict,
       coalesce(method, 'none') as method, count(*) as duties,
       sum(coalesce(late_minutes, 0)) as late_minutes, count(completed_at) as completed
from duty_ledger
group by 1, 2, 3, 4, 5, 6
with no data;

create view duty_day_village as
select region, day, post, verdict, method, sum(duties)::integer as duties,
       sum(late_minutes)::integer as late_minutes, sum(completed)::integer as completed
from duty_bucket_village group by region, day, post, verdict, method;

create view duty_day_township as
select region, day, post, verdict, method, sum(duties)::integer as duties,
       sum(late_minutes)::integer as late_minutes, sum(completed)::integer as completed
from duty_bucket_township group by region, day, post, verdict, method;
-- else
create table duty_day (
  -- Digits of the region: 12 = village, 9 = township.
  level smallint not null check (level in (9, 12)),
  day text collate "C" not null,
  region text collate "C" not null,
  post text not null,
  verdict text not null,
  method text not null,
  duties integer not null check (duties >= 0),
  late_minutes integer not null,
  completed integer not null,
  primary key (level, day, region, post, verdict, method)
) partition by list (level);
create table duty_day_9 partition of duty_day for values in (9) with (fillfactor = 70);
create table duty_day_12 partition of duty_day for values in (12) with (fillfactor = 70);

create type duty_day_change as (day text, region text, post text, verdict text, method text,
  duties integer, late_minutes integer, completed integer);

create function add_duty_days(changes duty_day_change[]) returns void language sql as $$
  -- The sum may be nought and still a row is needed by nobody: those stay out.
  insert into duty_day as c
  select level, day, left(region, level), post, verdict, method, 0, 0, 0
  from unnest(changes) cross join (values (9), (12)) as levels (level)
  group by level, day, left(region, level), post, verdict, method having sum(duties) > 0
  on conflict do nothing;

  update duty_day c set duties = c.duties + e.duties, late_minutes = c.late_minutes + e.late_minutes,
    completed = c.completed + e.completed
  from (
    select level, day, left(region, level) as region, post, verdict, method, sum(duties) as duties,
           sum(late_minutes) as late_minutes, sum(completed) as completed
    from unnest(changes) cross join (values (9), (12)) as levels (level)
    group by level, day, left(region, level), post, verdict, method
    having sum(duties) <> 0 or sum(late_minutes) <> 0 or sum(completed) <> 0
  ) e
  where c.level = e.level and c.day = e.day and c.region = e.region and c.post = e.post
    and c.verdict = e.verdict and c.method = e.method
$$;

create function duty_change_of(d duty_ledger, sign integer) returns duty_day_change language sql immutable as $$
  select row(d.day, d.region, d.post, d.verdict, coalesce(d.method, 'none'), sign,
    sign * coalesce(d.late_minutes, 0), sign * (d.completed_at is not null)::integer)::duty_day_change
$$;

create function duty_inserted() returns trigger language plpgsql as $$
begin
  perform add_duty_days(array(select duty_change_of(n::duty_ledger, 1) from new_rows n));
  return null;
end
$$;

create function duty_updated() returns trigger language plpgsql as $$
begin
  perform add_duty_days(array(
    select duty_change_of(n::duty_ledger, 1) from new_rows n
    union all select duty_change_of(o::duty_ledger, -1) from old_rows o));
  return null;
end
$$;

create function duty_deleted() returns trigger language plpgsql as $$
begin
  perform add_duty_days(array(select duty_change_of(o::duty_ledger, -1) from old_rows o));
  return null;
end
$$;

create function duty_row() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then perform add_duty_days(array[duty_change_of(new, 1)]); end if;
  if tg_op <> 'INSERT' then perform add_duty_days(array[duty_change_of(old, -1)]); end if;
  return null;
end
$$;

-- A statement at a time; the Apache edition's hypertable knows no transition tables: there row by row.
do $$
begin
  if exists (select from pg_extension where extname = 'timescaledb') then
    create trigger duty_ledger_counted after insert or update or delete on duty_ledger
      for each row execute function duty_row();
  else
    create trigger duty_ledger_inserted after insert on duty_ledger
      referencing new table as new_rows for each statement execute function duty_inserted();
    create trigger duty_ledger_updated after update on duty_ledger
      referencing new table as new_rows old table as old_rows
      for each statement execute function duty_updated();
    create trigger duty_ledger_deleted after delete on duty_ledger
      referencing old table as old_rows for each statement execute function duty_deleted();
  end if;
end
$$;

create view duty_day_village as
select region, day, post, verdict, method, duties, late_minutes, completed
from duty_day where level = 12 and duties > 0;

create view duty_day_township as
select region, day, post, verdict, method, duties, late_minutes, completed
from duty_day where level = 9 and duties > 0;
-- end

-- 谁查看过: the ledger's rows and its hints name people too.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         body::json ->> 'subject' as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints')
     or body::json ->> 'subject' like 'person:%';
