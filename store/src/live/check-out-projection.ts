import type { Projection } from '#log/projector.ts';
import { entriesOf } from './read-entry.ts';

/** Beyond 2100 an uptime says nothing; it could not be stored either. */
const latestMs = Date.UTC(2100, 0);

/** 签退 → `check_out`: the first one of a person and shift. Its time is reckoned when it is read. */
export const checkOutProjection: Projection = {
  name: 'check-out',
  version: 1,
  async reset(client) {
    await client.query('truncate check_out');
  },
  async apply(client, entries) {
    const out = entriesOf('duty.checked-out', entries).filter(
      ({ fact }) => fact.world === 'actual' && fact.clock.uptimeMs <= latestMs,
    );
    if (out.length === 0) return;
    await client.query({
      name: 'insert-check-out',
      text: `
        insert into check_out (region, person_id, shift, position, at, certain, received_at, method,
          terminal_id, source, boot_id, uptime_ms)
        select * from unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::timestamptz[],
          $6::boolean[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::uuid[],
          $12::bigint[])
        on conflict do nothing`,
      values: [
        out.map(({ fact }) => fact.region),
        out.map(({ data }) => data.personId),
        out.map(({ data }) => data.shift),
        out.map(({ position }) => position),
        out.map(({ fact }) => fact.at),
        out.map(({ fact }) => fact.clock.offsetMs !== null),
        out.map(({ receivedAt }) => receivedAt),
        out.map(({ data }) => data.method),
        out.map(({ data }) => data.terminalId),
        out.map(({ fact }) => fact.source),
        out.map(({ fact }) => fact.clock.bootId),
        out.map(({ fact }) => fact.clock.uptimeMs),
      ],
    });
  },
};
