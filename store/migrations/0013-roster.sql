-- 值班表. Who holds which post in which shift: the key makes two people on one post at once impossible.
create table roster_slot (
  region text collate "C" not null references division (region) check (length(region) = 12),
  -- 带班, 值班, 备勤.
  post text collate "C" not null check (post in ('lead', 'watch', 'standby')),
  shift text collate "C" not null check (shift ~ '^\d{4}-\d{2}-\d{2}/(day|night)$'),
  person_id uuid not null references person,
  -- 备班: who comes when that person does not.
  fallback_id uuid references person check (fallback_id <> person_id),
  primary key (region, post, shift)
);
create index roster_slot_shift on roster_slot (shift, region);
create index roster_slot_person on roster_slot (person_id, shift);
