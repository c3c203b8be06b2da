-- 账号与本人, 外出. Which account is which person of a village, so that nobody decides their own matter; and the
-- days on which somebody is away.

-- 账号与本人. Ended links stay: what somebody kept the watch for stays their own matter.
create table account_person (
  -- Of the fact that said so: what was decided before it stands.
  position bigint primary key,
  account_id uuid not null references account,
  person_id uuid not null references person,
  linked_at timestamptz not null,
  linked_by text not null,
  ended_at timestamptz check (ended_at >= linked_at),
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
create unique index account_person_account on account_person (account_id) where ended_at is null;
create unique index account_person_person on account_person (person_id) where ended_at is null;
create index account_person_ever on account_person (account_id);
create index account_person_whose on account_person (person_id);

-- 本人的事. Whether whoever decides is, or was, one of these people, or the same person as one of these actors
-- (`account:…`, `person:…`), by the links that stood before the fact at that position.
create function is_own_matter(
  decider text, before_position bigint, people uuid[], actors text[]
) returns boolean language sql stable as $$
  select exists (
    select from account_person mine
    where 'account:' || mine.account_id = decider and mine.position < before_position
      and (mine.person_id = any (people) or 'person:' || mine.person_id = any (actors) or exists (
        select from account_person theirs
        where theirs.person_id = mine.person_id and theirs.position < before_position
          and 'account:' || theirs.account_id = any (actors))))
$$;

create function refuse_own_correction() returns trigger language plpgsql as $$
begin
  if is_own_matter(new.decided_by, new.changed_position, array[new.person_id],
                   array[new.appealed_by, new.proposed_by]) then
    raise exception 'the case % is the own matter of %', new.correction_id, new.decided_by
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger duty_correction_own before insert or update on duty_correction
  for each row when (new.decided_by is not null) execute function refuse_own_correction();

create function refuse_own_change() returns trigger language plpgsql as $$
begin
  if is_own_matter(new.decided_by, new.changed_position,
                   array[(new.ask ->> 'personId')::uuid, (new.ask ->> 'otherId')::uuid],
                   array[new.asked_by]) then
    raise exception 'the request % is the own matter of %', new.change_id, new.decided_by
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;
-- Whoever asked may take it back.
create trigger duty_change_own before insert or update on duty_change
  for each row when (new.state in ('approved', 'refused')) execute function refuse_own_change();

-- 外出. Away on those days, why is nobody's data. A night belongs to the day it began. Projected from the log.
create table absence (
  absence_id uuid primary key,
  -- Of the fact that began it, and of the last one that changed it.
  position bigint not null,
  changed_position bigint not null,
  region text collate "C" not null check (length(region) = 12),
  person_id uuid not null references person,
  first_day text collate "C" not null check (first_day ~ '^\d{4}-\d{2}-\d{2}$'),
  -- Inclusive.
  last_day text collate "C" not null check (last_day ~ '^\d{4}-\d{2}-\d{2}$' and last_day >= first_day),
  state text not null check (state in ('asked', 'approved', 'refused', 'withdrawn')),
  said_at timestamptz not null,
  said_by text not null,
  -- The kiosk it was asked at; null = an officer wrote it down.
  terminal_id text,
  decided_at timestamptz,
  decided_by text,
  withdrawn_at timestamptz,
  withdrawn_by text,
  check ((decided_at is null) = (decided_by is null)),
  check (state not in ('approved', 'refused') or decided_at is not null),
  check ((state = 'withdrawn') = (withdrawn_at is not null)),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index absence_region on absence (region, position);
create index absence_person on absence (person_id, last_day) where state = 'approved';

create function refuse_own_absence() returns trigger language plpgsql as $$
begin
  if is_own_matter(new.decided_by, new.changed_position, array[new.person_id], '{}') then
    raise exception 'the absence % is the own matter of %', new.absence_id, new.decided_by
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger absence_own before insert or update on absence
  for each row when (new.state in ('approved', 'refused')) execute function refuse_own_absence();

-- 台账的次序: the newest day first, and a day as it went.
drop index duty_ledger_newest;
create index duty_ledger_daily on duty_ledger (day desc, region, starts_at);

-- 谁查看过: who of a village may be linked with an account, and who is away, name people too. Written whole,
-- for each migration replaces it whole.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         case when body::json ->> 'subject' like 'person:%' then body::json ->> 'subject' end as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints', 'spot-check.read', 'hand-overs.read',
                 'ledger.duty', 'corrections.read', 'notice.read', 'meeting.roll-calls',
                 'meeting.recording', 'course-results.read', 'course-results.export',
                 'absences.read', 'account.people')
     or body::json ->> 'subject' like 'person:%';
