-- 同意. Whose face may stand where: the ledger of consent, projected from the log, and what is allowed now.

-- 见证人与样例摄像头 of a check-in.
alter table check_in
  add column witness_id uuid,
  add column sample_camera boolean not null default false;

-- 同意台账. Every enrolment, withdrawal and erasure, one row a fact; projected, and can be built again.
create table consent_event (
  id uuid primary key,
  position bigint not null unique,
  kind text not null check (kind in ('enrolled', 'withdrawn', 'erased')),
  -- What the device said. With its clock unset, a clock anchor of its boot tells the true time.
  at timestamptz not null,
  has_own_clock boolean not null,
  boot_id uuid not null,
  uptime_ms bigint not null,
  region text collate "C" not null,
  person_id uuid not null,
  -- Null = withdrawn at the console.
  terminal_id text,
  source text not null,
  actor text not null,
  consent_version text,
  model text,
  grant_id uuid,
  reason text,
  -- 删除回执: the device key's signature, r‖s, base64url.
  sig text,
  check (terminal_id is not null or kind = 'withdrawn'),
  check ((kind = 'enrolled') = (grant_id is not null)),
  check ((kind = 'erased') = (sig is not null))
);
create index consent_event_person on consent_event (person_id, position desc);
create index consent_event_terminal on consent_event (terminal_id, position desc);
create index consent_event_withdrawn on consent_event (position) where kind = 'withdrawn';

-- 见证. Who vouched for an enrolment, by the code they gave out; projected, and can be built again.
create table face_grant (
  grant_id uuid primary key,
  position bigint not null,
  person_id uuid not null,
  terminal_id text not null,
  actor text not null
);

-- What is allowed now, at each terminal: part of the register, written with what should be there.
-- is_withdrawn: no template of this person may stand there until a newer code is given out for it.
create table face_permission (
  person_id uuid not null references person,
  terminal_id text not null references terminal,
  is_withdrawn boolean not null,
  -- Of the last code for this person's face there; 0 = none. An older withdrawal changes nothing.
  granted_position bigint not null default 0,
  primary key (person_id, terminal_id)
);

-- The last enrolment of each person at each terminal: withdrawn, and erased, when and by whom.
-- A withdrawal, wherever it was said, ends the consent of every code given out before it.
create view face_consent as
select e.person_id, e.terminal_id, e.region, e.source, e.at as enrolled_at, e.consent_version, e.model,
       e.grant_id, g.actor as vouched_by,
       w.id as withdrawal_id, w.at as withdrawn_at, w.terminal_id as withdrawn_where,
       w.actor as withdrawn_by,
       x.id as erasure_id, x.at as erased_at, x.reason as erased_for, x.model as erased_model,
       x.source as erased_by, x.sig,
       w.id is not null or coalesce(p.is_withdrawn, false) as is_withdrawn,
       s.revoked_at is not null as is_key_ended
from (
  select distinct on (person_id, terminal_id) *
  from consent_event where kind = 'enrolled'
  order by person_id, terminal_id, position desc
) e
left join face_grant g
  on g.grant_id = e.grant_id and g.person_id = e.person_id and g.terminal_id = e.terminal_id
left join face_permission p on p.person_id = e.person_id and p.terminal_id = e.terminal_id
left join terminal_source s on s.source = e.source
left join lateral (
  select * from consent_event c
  where c.person_id = e.person_id and c.region = e.region and c.kind = 'withdrawn'
    and c.position > coalesce(g.position, e.position)
  order by c.position limit 1
) w on true
left join lateral (
  select * from consent_event c
  where c.person_id = e.person_id and c.region = e.region and c.terminal_id = e.terminal_id
    and c.kind = 'erased' and c.position > e.position
  order by c.position desc limit 1
) x on true;
