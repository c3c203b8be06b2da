-- 党组织与党员. The tree of organisations, where each stands and since when, and who belongs to it.

-- 党组织. `path` = the codes from the top down, each followed by a dot: what lies under an organisation
-- is a range over it, as it is over the region path.
create table organisation (
  organisation_id uuid primary key,
  code text collate "C" not null unique check (code ~ '^[0-9A-Za-z]{1,32}$'),
  name text not null check (length(name) between 1 and 128),
  -- 党委, 党总支, 党支部, 党组.
  kind text not null check (kind in ('committee', 'general-branch', 'branch', 'leading-group')),
  -- 功能型党组织: of a profession or a task, not of a place.
  is_functional boolean not null default false,
  parent_id uuid references organisation,
  path text collate "C" not null unique check (path ~ '^([0-9A-Za-z]{1,32}\.){1,8}$'),
  founded_on date,
  ended_on date,
  check (parent_id is null or parent_id <> organisation_id),
  check (right(path, length(code) + 1) = code || '.')
);
create index organisation_parent on organisation (parent_id);

-- Where an organisation stands, from a day on: its dated region path. `to_day` is the first day it no
-- longer stands there; null = still. A moved or merged place closes one row and opens the next.
create table organisation_region (
  organisation_id uuid not null references organisation,
  region text collate "C" not null references division (region),
  from_day date not null,
  to_day date,
  primary key (organisation_id, from_day),
  unique nulls not distinct (organisation_id, to_day),
  check (to_day > from_day)
);
create index organisation_region_now on organisation_region (region) where to_day is null;

create function refuse_overlapping_region() returns trigger language plpgsql as $$
begin
  if exists (
    select from organisation_region r
    where r.organisation_id = new.organisation_id and r.from_day <> new.from_day
      and daterange(r.from_day, r.to_day) && daterange(new.from_day, new.to_day)
  ) then
    raise exception 'organisation % would stand in two regions on one day', new.organisation_id
      using errcode = 'exclusion_violation';
  end if;
  return null;
end
$$;
-- At the end of the transaction: closing one row and opening the next may come in either order.
create constraint trigger organisation_region_once after insert or update on organisation_region
  deferrable initially deferred for each row execute function refuse_overlapping_region();

-- 区划变更. A division that was merged into another or moved under another parent keeps its rows; from
-- `ended_on` it is history.
alter table division
  add column ended_on date,
  add column merged_into text collate "C" references division (region),
  add check ((merged_into is null) = (ended_on is null));

-- 党员. The id number stands encrypted (AES-256-GCM, key outside the database), as a keyed hash for
-- "is this person there already", and masked for the eye. Nothing else tells who it is.
create table member (
  member_id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null check (length(name) between 1 and 64),
  sex text not null check (sex in ('female', 'male')),
  born_on date not null,
  -- GB/T 4658, folded into the levels the composition speaks of.
  education text not null check (education in
    ('primary', 'junior-middle', 'senior-middle', 'vocational', 'college', 'bachelor', 'postgraduate')),
  joined_on date not null,
  is_probationary boolean not null default false,
  id_cipher bytea not null,
  id_hash bytea not null check (length(id_hash) = 32),
  id_masked text not null check (length(id_masked) = 18),
  added_at timestamptz not null,
  left_on date,
  check (joined_on > born_on)
);
create unique index member_once on member (id_hash) where left_on is null;
create index member_organisation on member (organisation_id, member_id) where left_on is null;

-- 联系方式. Encrypted and masked like the id number.
create table contact (
  contact_id uuid primary key,
  member_id uuid not null references member,
  kind text not null check (kind in ('mobile', 'landline')),
  cipher bytea not null,
  masked text not null check (length(masked) between 3 and 32),
  unique (member_id, kind)
);

-- 职务. Who holds which post of an organisation, from when to when.
create table post (
  post_id uuid primary key,
  organisation_id uuid not null references organisation,
  member_id uuid not null references member,
  title text not null check (length(title) between 1 and 64),
  from_day date not null,
  to_day date check (to_day > from_day),
  unique (organisation_id, member_id, title, from_day)
);
create index post_member on post (member_id);

-- A cadre on a village's duty list who is a member too.
alter table person add column member_id uuid references member;
