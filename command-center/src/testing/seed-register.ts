import { prefecture5402 } from '@sightline/contracts/divisions';
import type { Store } from '@sightline/store';
import { insertMember, insertOrganisation } from '@sightline/store/testing';

const county = '540235';
const names = ['扎西次仁', '达瓦卓玛', '旦增', '白玛央金', '尼玛', 'བསྟན་འཛིན་རྒྱ་མཚོ།', '格桑', '德吉'];

/**
 * 组织 and 党员 of one county, for pictures and journeys: its committee, one of each township, a branch
 * of each village, every seventh without members. All synthetic; the same every time.
 */
export async function seedRegister(store: Store): Promise<void> {
  const { pool } = store;
  const top = await insertOrganisation(pool, { code: 'C', region: county, kind: 'committee' });
  const below = (parent: string) => prefecture5402.filter((each) => each.parent === parent);
  let index = 0;
  for (const township of below(county)) {
    const code = `T${township.code}`;
    const committee = { code, region: township.code, parent: top, kind: 'committee' } as const;
    const parent = await insertOrganisation(pool, committee);
    for (const village of below(township.code)) {
      index += 1;
      const branch = { code: `B${village.code}`, region: village.code, parent };
      const { organisationId } = await insertOrganisation(pool, branch);
      const members = index % 7 === 3 ? 0 : 3 + (index % 5);
      for (let member = 0; member < members; member += 1) {
        await insertMember(pool, memberOf(organisationId, index + member));
      }
    }
  }
  await pool.query(`
    update organisation o set name = '中共' || d.name || case o.kind
      when 'branch' then '支部委员会' else '委员会' end
    from organisation_region r join division d using (region)
    where r.organisation_id = o.organisation_id`);
}

/** Somebody of an age, a sex and a standing that differ from the next. */
function memberOf(organisationId: string, seed: number) {
  const bornYear = 1945 + ((seed * 13) % 60);
  const joinedYear = Math.min(2026, bornYear + 20 + (seed % 15));
  return {
    organisationId,
    name: names[seed % names.length] ?? '旦增',
    sex: seed % 3 === 0 ? ('female' as const) : ('male' as const),
    bornOn: `${bornYear}-05-01`,
    joinedOn: `${joinedYear}-07-01`,
  };
}
