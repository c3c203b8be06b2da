-- The register: administrative divisions and the people of their villages.

create table division (
  region text collate "C" primary key
    check (region ~ '^[0-9]{4}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?$'),
  name text not null check (length(name) between 1 and 64),
  parent text collate "C" references division (region),
  check (parent is null or starts_with(region, parent))
);
create index division_parent on division (parent);

-- At most 20 active people a village: the slot is the ceiling, so that two adds at once cannot pass it.
create table person (
  person_id uuid primary key,
  region text collate "C" not null references division (region) check (length(region) = 12),
  name text not null check (length(name) between 1 and 64),
  post text not null check (length(post) <= 64),
  slot smallint check (slot between 1 and 20),
  added_at timestamptz not null,
  retired_at timestamptz check (retired_at >= added_at),
  check ((slot is null) = (retired_at is not null)),
  unique (region, slot)
);
create index person_region on person (region, added_at);

-- A command a person gave, by the id its page made: a repeated request finds its answer here.
create table command (
  command_id uuid primary key,
  account_id uuid not null,
  name text not null,
  request_hash bytea not null,
  reply jsonb,
  given_at timestamptz not null
);
create index command_given on command (given_at);
