/**
 * What every question about a scope's rosters stands on, as the beginning of a statement. Parameters: $1
 * and $2 the scope's range, $3 and $4 the first and last day. `wanted`: the cells the patterns ask for;
 * `held`: the slots; `crossed`: slots whose person stands on two posts at once, or has watched more
 * than 24 hours in a row with it (带班 and 备勤 are on call and may last).
 */
export const rosterGround = `
  with known as (
    select county, d::date as day,
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
    select p.region, p.post, k.day::text || '/' || cell.name as shift
    from roster_pattern p
      join known k on k.county = left(p.region, 6) and p.pattern -> 'dayKinds' ? k.kind
      join cell on cell.shifts = p.pattern ->> 'shifts'
    where p.region >= $1 and p.region < $2
  ), near as (
    -- Two shifts further back: whoever watched them may not go on.
    select *, left(shift, 10)::date - date '2020-01-01' as nth from roster_slot
    where region >= $1 and region < $2 and shift >= ($3::text::date - 1)::text and shift <= $4::text || '/night'
  ), placed as (
    select region, post, shift, person_id,
      count(*) over (partition by region, shift, person_id) > 1 as is_twice,
      post = 'watch' and 2 = (2 * nth + (shift like '%/night')::int) - lag(2 * nth
        + (shift like '%/night')::int, 2) over (partition by region, post, person_id order by shift)
        as is_long
    from near
  ), held as (
    select * from placed where shift >= $3::text
  )`;
