-- 班次签到数. How many check-ins each shift has, by village and by township: what a month or a year is read
-- from. The same two views everywhere: continuous aggregates where TimescaleDB can, else counts that
-- a trigger keeps. A shift is the text YYYY-MM-DD/day|night, so a range of days is a range of shifts.

-- if timescaledb community
create materialized view shift_bucket_village
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket(interval '1 day', at) as bucket, region, shift, method, certain,
       count(*) as check_ins
from check_in where world = 'actual'
group by 1, 2, 3, 4, 5
with no data;

create materialized view shift_bucket_township
with (timescaledb.continuous, timescaledb.materialized_only = false) as
select time_bucket(interval '1 day', at) as bucket, left(region, 9) as region, shift, method, certain,
       count(*) as check_ins
from check_in where world = 'actual'
group by 1, 2, 3, 4, 5
with no data;

-- A shift may lie in two buckets: a night, or a check-in whose clock was corrected.
create view shift_count_village as
select region, shift, method, certain, sum(check_ins)::integer as check_ins
from shift_bucket_village group by region, shift, method, certain;

create view shift_count_township as
select region, shift, method, certain, sum(check_ins)::integer as check_ins
from shift_bucket_township group by region, shift, method, certain;
-- else
create table shift_count (
  -- Digits of the region: 12 = village, 9 = township.
  level smallint not null check (level in (9, 12)),
  shift text collate "C" not null,
  region text collate "C" not null,
  method text not null,
  certain boolean not null,
  check_ins integer not null check (check_ins >= 0),
  primary key (level, shift, region, method, certain)
) partition by list (level);
-- A year by township reads the small one alone.
create table shift_count_9 partition of shift_count for values in (9) with (fillfactor = 70);
create table shift_count_12 partition of shift_count for values in (12) with (fillfactor = 70);

-- What a change of check_in makes of the counts, both levels.
create type shift_change as (shift text, region text, method text, certain boolean, change integer);

create function add_shift_counts(changes shift_change[]) returns void language sql as $$
  insert into shift_count as c (level, shift, region, method, certain, check_ins)
  select level, shift, left(region, level), method, certain, sum(change)
  from unnest(changes) cross join (values (9), (12)) as levels (level)
  group by level, shift, left(region, level), method, certain
  having sum(change) > 0
  on conflict (level, shift, region, method, certain)
  do update set check_ins = c.check_ins + excluded.check_ins;

  update shift_count c set check_ins = c.check_ins + e.change
  from (
    select level, shift, left(region, level) as region, method, certain, sum(change) as change
    from unnest(changes) cross join (values (9), (12)) as levels (level)
    group by level, shift, left(region, level), method, certain
    having sum(change) < 0
  ) e
  where c.level = e.level and c.shift = e.shift and c.region = e.region and c.method = e.method
    and c.certain = e.certain
$$;

create function count_inserted() returns trigger language plpgsql as $$
begin
  perform add_shift_counts(array(
    select row(shift, region, method, certain, 1)::shift_change from new_rows where world = 'actual'));
  return null;
end
$$;

create function count_updated() returns trigger language plpgsql as $$
begin
  perform add_shift_counts(array(
    select row(shift, region, method, certain, 1)::shift_change from new_rows where world = 'actual'
    union all
    select row(shift, region, method, certain, -1)::shift_change from old_rows where world = 'actual'));
  return null;
end
$$;

create function count_deleted() returns trigger language plpgsql as $$
begin
  perform add_shift_counts(array(
    select row(shift, region, method, certain, -1)::shift_change from old_rows where world = 'actual'));
  return null;
end
$$;

create function count_row() returns trigger language plpgsql as $$
begin
  perform add_shift_counts(array(
    select row(new.shift, new.region, new.method, new.certain, 1)::shift_change
    where tg_op <> 'DELETE' and new.world = 'actual'
    union all
    select row(old.shift, old.region, old.method, old.certain, -1)::shift_change
    where tg_op <> 'INSERT' and old.world = 'actual'));
  return null;
end
$$;

-- A statement at a time; the Apache edition's hypertable knows no transition tables: there row by row.
do $$
begin
  if exists (select from pg_extension where extname = 'timescaledb') then
    create trigger check_in_counted after insert or update or delete on check_in
      for each row execute function count_row();
  else
    create trigger check_in_inserted after insert on check_in
      referencing new table as new_rows for each statement execute function count_inserted();
    create trigger check_in_updated after update on check_in
      referencing new table as new_rows old table as old_rows
      for each statement execute function count_updated();
    create trigger check_in_deleted after delete on check_in
      referencing old table as old_rows for each statement execute function count_deleted();
  end if;
end
$$;

create function empty_shift_count() returns trigger language plpgsql as $$
begin
  truncate shift_count;
  return null;
end
$$;
create trigger check_in_emptied after truncate on check_in
  for each statement execute function empty_shift_count();

insert into shift_count (level, shift, region, method, certain, check_ins)
select level, shift, left(region, level), method, certain, count(*)
from check_in cross join (values (9), (12)) as levels (level)
where world = 'actual' group by level, shift, left(region, level), method, certain;

create view shift_count_village as
select region, shift, method, certain, check_ins from shift_count where level = 12 and check_ins > 0;

create view shift_count_township as
select region, shift, method, certain, check_ins from shift_count where level = 9 and check_ins > 0;
-- end
