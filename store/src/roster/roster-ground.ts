/**
 * What every question about a scope's rosters stands on, as the beginning of a statement. Parameters: $1
 * and $2 the scope's range, $3 and $4 the first and last day. `wanted`: the cells the patterns ask for;
 * `gap`: those that nobody holds; `twice`: slots whose person stands on two posts at once; `long`: those
 * with which somebody has watched more than 24 hours in a row (带班 and 备勤 are on call and may last).
 * Written so that no step rests on a guess of how many rows there are: the guesses are far off.
 */
export const rosterGround = `
  with known as materialized (
    select county, d::date::text as day,
      coalesce(c.kind, case when extract(isodow from d) > 5 then 'weekend' else 'workday' end) as kind
    from (select distinct left(region, 6) as county from roster_pattern
          where region >= $1 and region < $2) as counties
      cross join generate_series($3::text::date, $4::text::date, interval '1 day') as d
      left join lateral (
        select kind from calendar_day c
        where c.day = d::date and (c.region = county or c.region = left(county, 4) and not exists (
          select from calendar_day own where own.region = county
            and own.day >= date_trunc('year', d) and own.day < date_trunc('year', d) + interval '1 year'))
        limit 1) as c on true
  ), cell (shifts, name) as (
    values ('day', 'day'), ('night', 'night'), ('full', 'day'), ('full', 'night'),
      ('day-and-night', 'day'), ('day-and-night', 'night')
  ), wanted as (
    select p.region, p.post, (k.day || '/' || cell.name) collate "C" as shift
    from roster_pattern p
      join known k on k.county = left(p.region, 6) and p.pattern -> 'dayKinds' ? k.kind
      join cell on cell.shifts = p.pattern ->> 'shifts'
    where p.region >= $1 and p.region < $2
  ), held as (
    select region, post, shift, person_id from roster_slot
    where region >= $1 and region < $2 and shift >= $3::text and shift <= $4::text || '/night'
  ), gap as (
    select region, post, shift from wanted except select region, post, shift from held
  ), twice as (
    select h.region, h.post, h.shift, h.person_id
    from (select region, shift, person_id from held group by region, shift, person_id
          having count(*) > 1) as pair
      join held h using (region, shift, person_id)
  ), row_of_watches as (
    -- Two shifts further back: whoever watched them may not go on.
    select region, post, shift, person_id, lag(person_id) over village as before,
      lag(person_id, 2) over village as first, lag(shift, 2) over village as first_shift
    from roster_slot
    where region >= $1 and region < $2 and post = 'watch'
      and shift >= ($3::text::date - 1)::text and shift <= $4::text || '/night'
    window village as (partition by region order by shift)
  ), long as (
    select region, post, shift, person_id from row_of_watches
    where before = person_id and first = person_id and shift >= $3::text
      -- A day after a day, or a night after a night, with one shift between them.
      and left(first_shift, 10)::date = left(shift, 10)::date - 1
      and substr(first_shift, 11) = substr(shift, 11)
  )`;
