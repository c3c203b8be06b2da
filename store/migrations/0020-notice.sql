-- 通知与回执. What a notice says stands here and at the terminals, never in the log.

create table notice (
  notice_id uuid primary key,
  -- Whatever lies within it was sent to; of a prefecture, a county, a township or a village.
  region text collate "C" not null,
  level text not null check (level in ('plain', 'important')),
  title text not null check (length(title) between 1 and 60),
  text text not null check (length(text) between 1 and 1000),
  posted_at timestamptz not null,
  must_read_by timestamptz check (must_read_by > posted_at),
  account_id uuid not null references account,
  withdrawn_at timestamptz check (withdrawn_at >= posted_at)
);

-- One village that was sent it; what became of it is projected.
create table notice_village (
  notice_id uuid not null references notice,
  region text collate "C" not null check (length(region) = 12),
  delivered_at timestamptz,
  read_at timestamptz,
  -- Of the fact that says so: the first in the log counts.
  read_position bigint,
  -- Who signed for it; null = read without a PIN.
  person_id uuid,
  primary key (notice_id, region),
  check ((read_at is null) = (read_position is null))
) with (fillfactor = 60);
create index notice_village_region on notice_village (region, notice_id);

-- 可达时长, with the end of the ring: what still rings has not failed to answer.
create or replace view reachability as
select v.region, v.ordered_at, to_char(v.ordered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
       round(extract(epoch from r.reached_at - v.ordered_at) * 1000)::bigint as reach_ms,
       v.until
from spot_check_village v
join spot_check c using (check_id)
cross join lateral (select least(v.answered_at,
  case when v.called_back_reached then v.call_asked_at end) as reached_at) r
where v.left_out is null and (c.withdrawn_at is null or r.reached_at is not null);

-- 谁查看过: who signed for a notice is read by name too. Written whole, for each migration replaces it
-- whole. What was read of a check or a notice is no person: it concerns everybody of the region.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         case when body::json ->> 'subject' like 'person:%' then body::json ->> 'subject' end as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints', 'spot-check.read', 'hand-overs.read',
                 'ledger.duty', 'corrections.read', 'notice.read')
     or body::json ->> 'subject' like 'person:%';
