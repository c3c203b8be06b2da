-- 本人答复 to shift changes, and 签退 at the centre. Both are projected from the log: ids alone.

-- 本人不同意 is a state of a request: open, but not to be approved.
alter table duty_change
  drop constraint duty_change_state_check,
  drop constraint duty_change_check1,
  add constraint duty_change_state_check check
    (state in ('asked', 'agreed', 'declined', 'approved', 'refused', 'withdrawn')),
  add constraint duty_change_check1 check
    ((decided_at is null) = (state in ('asked', 'agreed', 'declined')));

-- What one of the two said at a terminal: the first in the log counts. Late = after the end: it changed nothing.
create table duty_change_word (
  change_id uuid not null,
  person_id uuid not null,
  position bigint not null,
  answer text not null check (answer in ('agreed', 'declined')),
  method text not null check (method in ('pin')),
  said_at timestamptz not null,
  received_at timestamptz not null,
  terminal_id text not null,
  is_late boolean not null,
  primary key (change_id, person_id)
);

-- 签退: the first one of a person and shift, which is that of the check-in it ends.
create table check_out (
  region text collate "C" not null,
  person_id uuid not null,
  shift text collate "C" not null,
  position bigint not null,
  at timestamptz not null,
  -- True = the device's clock was known when it was said.
  certain boolean not null,
  received_at timestamptz not null,
  method text not null check (method in ('face', 'pin-witness', 'pin')),
  terminal_id text not null,
  source text not null,
  boot_id uuid not null,
  uptime_ms bigint not null,
  primary key (region, person_id, shift)
);

-- With its time by the clock anchor of its boot, where it needs one.
create view check_out_known as
select o.region, o.person_id, o.shift, o.method, o.certain or a.offset_ms is not null as certain,
       case when o.certain or a.offset_ms is null then o.at
            else timestamptz 'epoch' + (a.offset_ms + o.uptime_ms) * interval '1 millisecond'
       end as left_at
from check_out o left join clock_anchor a using (source, boot_id);
