-- What the live view shows. Everything here is projected from the log and can be built again.

-- 值班签到, every one of them. `at` is what the device said and never changes; `effective_at` is set
-- from the clock anchor of its boot, and the shift follows it.
create table check_in (
  id uuid not null,
  position bigint not null,
  at timestamptz not null,
  effective_at timestamptz not null,
  -- False = the device rebooted and its clock was never anchored: a person reviews.
  certain boolean not null,
  received_at timestamptz not null,
  region text collate "C" not null,
  terminal_id text not null,
  person_id uuid not null,
  -- Of `effective_at`; what the terminal said stands in `said_shift`.
  shift text not null,
  said_shift text not null,
  method text not null,
  simulated boolean not null,
  world text not null,
  source text not null,
  boot_id uuid not null,
  uptime_ms bigint not null,
  -- A unique key of a hypertable contains its time column; `at` is fixed at the edge.
  unique (id, at)
);
-- if timescaledb
select create_hypertable('check_in', 'at', chunk_time_interval => interval '30 days');
-- end
create index check_in_region on check_in (region, effective_at desc);
create index check_in_uncertain on check_in (source, boot_id) where not certain;

-- The first anchor of each boot: effective time = offset_ms + uptime_ms, milliseconds since 1970.
create table clock_anchor (
  source text not null,
  boot_id uuid not null,
  offset_ms bigint not null,
  position bigint not null,
  primary key (source, boot_id)
);

-- The shift (YYYY-MM-DD/day|night) an instant belongs to: 08:00–20:00–08:00 in Asia/Shanghai, a
-- night belongs to the day it began. The same rule as shiftAt in contracts.
create function shift_at(instant timestamptz) returns text language sql stable as $$
  select to_char(watch, 'YYYY-MM-DD') || case when extract(hour from watch) < 12 then '/day' else '/night' end
  from (select (instant at time zone 'Asia/Shanghai') - interval '8 hours' as watch) as local
$$;

-- The newest certain check-in of each village.
create table village_duty (
  region text collate "C" primary key,
  position bigint not null,
  at timestamptz not null,
  shift text not null,
  method text not null
) with (fillfactor = 70);

-- 在线状态 of each enrolled terminal; unknown = nobody listens, or not heard since somebody does.
create table presence (
  terminal_id text primary key,
  region text collate "C" not null,
  source text not null,
  simulated boolean not null,
  enrolled_at timestamptz not null,
  status text not null check (status in ('online', 'stale', 'offline', 'unknown')),
  since timestamptz not null,
  position bigint not null
) with (fillfactor = 70);
create index presence_region on presence (region);

-- The newest impersonal lines; older ones are cut off.
create table live_feed (
  position bigint primary key,
  at timestamptz not null,
  region text collate "C" not null,
  type text not null,
  detail jsonb not null
);

-- Facts received in each five minutes, for every prefix of their region.
create table live_strip (
  region text collate "C" not null,
  bucket timestamptz not null,
  count integer not null,
  last_position bigint not null,
  primary key (region, bucket)
) with (fillfactor = 70);
create index live_strip_bucket on live_strip (bucket);
