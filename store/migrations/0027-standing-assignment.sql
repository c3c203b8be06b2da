-- 布置: an assignment holds for its region until its last day, or until it is withdrawn or another takes its
-- place: whoever comes later gets it too.

alter table course_assignment
  add column ended_at timestamptz check (ended_at >= assigned_at);

-- Of courses that are withdrawn none stands; of one region the newest does, and what lay within it ends.
update course_assignment a set ended_at = greatest(c.withdrawn_at, a.assigned_at)
from course c where c.course_id = a.course_id and c.withdrawn_at is not null;
update course_assignment a set ended_at = n.assigned_at
from course_assignment n
where a.ended_at is null and n.course_id = a.course_id and n.assignment_id > a.assignment_id
  and n.assigned_at >= a.assigned_at and starts_with(a.region, n.region);

create index course_assignment_standing on course_assignment (course_id, assignment_id)
  where ended_at is null;

-- By which method an attempt was proved, as every check-in has it: a face's evidence stands in the log.
alter table course_attempt
  add column method text not null default 'pin' check (method in ('face', 'pin', 'pin-witness')),
  add column witness_id uuid,
  add column sample_camera boolean not null default false,
  add check ((method = 'pin-witness') = (witness_id is not null));
alter table course_attempt alter column method drop default;

drop view course_result;
create view course_result as
select distinct on (course_id, version, region, person_id)
       course_id, version, region, person_id, score, questions, passed, at, method, witness_id,
       sample_camera, nth as attempt,
       count(*) over (partition by course_id, version, region, person_id)::integer as tries
from (select *, row_number() over (partition by course_id, version, region, person_id
                                   order by at, position)::integer as nth
      from course_attempt) a
order by course_id, version, region, person_id, passed desc, score desc, at, position;
