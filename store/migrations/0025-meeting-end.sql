-- 结束会议 by another than its chair: somebody with the right over the region may, where the chair is gone.

alter table meeting
  drop constraint meeting_ended_why_check,
  add constraint meeting_ended_why_check check
    (ended_why in ('chair', 'chair-gone', 'cancelled', 'expired')),
  -- When the chair did something last; null = nothing yet.
  add column steered_at timestamptz;
