import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit, type AuditReceipt } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client } from '#engine/store.ts';
import { seedDivisions } from '#register/divisions.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { changeMember, leaveMember, transferMember } from './change-member.ts';
import { readSealedContacts, removeContact, setContact } from './contacts.ts';
import { hasForeignSeals, listMembers } from './members.ts';
import { addPost, endPost } from './posts.ts';
import { readMember } from './read-member.ts';
import { insertMember, insertOrganisation } from './testing-register.ts';

const region = '540235100201';
const day = '2026-11-26';

describe.each(engines)('members on $name', ({ open }) => {
  let store: TestStore;
  let receipt: AuditReceipt;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    const entry = { who: 'system:test', what: 'member.read', region, purpose: 'data-quality' };
    const now = Temporal.Instant.from('2026-11-26T04:00:00Z');
    receipt = await appendAudit(store.pool, { entry: { ...entry, subject: null }, now });
  }, 240_000);
  afterAll(() => store[Symbol.asyncDispose]());

  const change = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
    inTransaction(store, work);
  const read = (memberId: string) => readMember(store.pool, receipt, memberId);
  const give = (post: { memberId: string; organisationId: string; title: string }) =>
    change((client) => addPost(client, { ...post, postId: randomUUID(), fromDay: '2024-01-01' }));
  let codes = 0;
  const organisation = () => insertOrganisation(store.pool, { code: `N${(codes += 1)}`, region });

  test('what is changed of a member is what is read, and nobody joins before their birth', async () => {
    const memberId = await insertMember(store.pool, await organisation());
    const said = { name: '改名', education: 'bachelor', isProbationary: true } as const;
    const set = (joinedOn: string) =>
      change((client) => changeMember(client, { ...said, memberId, joinedOn }));
    expect(await set('1979-01-01')).toMatchObject({ code: 'not-a-member' });
    expect(await set('2020-07-01')).toBeNull();
    expect(await read(memberId)).toMatchObject({ ...said, joinedOn: '2020-07-01' });
    await change((client) => leaveMember(client, { memberId, day }));
    expect(await set('2020-07-01')).toMatchObject({ code: 'not-a-member' });
    expect(await read(memberId)).toBeNull();
  });

  test('a post is held once, ends on a day, and the list shows what is held today', async () => {
    const { organisationId } = await organisation();
    const memberId = await insertMember(store.pool, { organisationId });
    const held = { memberId, organisationId, title: '书记' };
    expect(await give(held)).toBeNull();
    expect(await give(held)).toMatchObject({ code: 'no-post' });
    const page = { organisationId, limit: 10, after: null };
    const posts = async () =>
      (await listMembers(store.pool, receipt, page)).map((member) => member.posts);
    expect(await posts()).toEqual([['书记']]);
    const postId = (await read(memberId))?.posts[0]?.postId ?? '';
    const end = (at: string) => change((client) => endPost(client, { postId, memberId, day: at }));
    expect(await end('2024-01-01')).toMatchObject({ code: 'no-such-post' });
    expect(await end('2025-01-01')).toBeNull();
    expect(await end('2025-01-02')).toMatchObject({ code: 'no-such-post' });
    expect(await posts()).toEqual([[]]);
    expect((await read(memberId))?.posts[0]?.toDay).toBe('2025-01-01');
  });

  test('a transfer ends the posts in the organisation left and no others; leaving ends all', async () => {
    const [from, to, committee] = [
      await organisation(),
      await organisation(),
      await organisation(),
    ];
    const memberId = await insertMember(store.pool, from);
    await give({ memberId, ...from, title: '书记' });
    await give({ memberId, ...committee, title: '委员' });
    const { organisationId } = to;
    await change((client) => transferMember(client, { memberId, organisationId, day }));
    const ends = async () =>
      Object.fromEntries((await read(memberId))?.posts.map((p) => [p.title, p.toDay]) ?? []);
    expect(await ends()).toEqual({ 书记: day, 委员: null });
    await change((client) => leaveMember(client, { memberId, day: '2026-12-01' }));
    const { rows } = await store.pool.query('select from post where to_day is null');
    expect(rows).toEqual([]);
  });

  test('a contact of a kind is one, replaced by the next and taken away', async () => {
    const memberId = await insertMember(store.pool, await organisation());
    const set = (text: string) => {
      const contact = { contactId: randomUUID(), memberId, kind: 'mobile' as const };
      const sealed = { cipher: Buffer.from(text), masked: `${text}***` };
      return change((client) => setContact(client, { ...contact, ...sealed }));
    };
    await set('one');
    await set('two');
    expect((await read(memberId))?.contacts).toEqual([{ kind: 'mobile', masked: 'two***' }]);
    const sealed = await readSealedContacts(store.pool, receipt, memberId);
    expect(sealed.map(({ cipher }) => cipher.toString())).toEqual(['two']);
    await change((client) => removeContact(client, { memberId, kind: 'mobile' }));
    expect(await readSealedContacts(store.pool, receipt, memberId)).toEqual([]);
  });

  test('members of one name are all shown, page by page', async () => {
    const { organisationId } = await organisation();
    const names = ['次仁', '次仁', '次仁', '巴桑', '央金'];
    for (const name of names) await insertMember(store.pool, { organisationId, name });
    const seen: string[] = [];
    let after: { memberId: string } | null = null;
    for (let pages = 0; pages < names.length + 1; pages += 1) {
      const page = await listMembers(store.pool, receipt, { organisationId, limit: 2, after });
      seen.push(...page.map(({ memberId }) => memberId));
      const last = page.at(-1);
      if (last === undefined) break;
      after = { memberId: last.memberId };
    }
    expect([seen.length, new Set(seen).size]).toEqual([names.length, names.length]);
  });

  test('what was sealed under another key is noticed, among members and among contacts', async () => {
    const [own, other] = [Buffer.from('ownownow'), Buffer.from('otherkey')];
    const sealed = (key: Buffer) => Buffer.concat([key, Buffer.from('text')]);
    const { organisationId } = await organisation();
    const memberId = await insertMember(store.pool, { organisationId, idCipher: sealed(own) });
    expect(await hasForeignSeals(store.pool, own)).toBe(false);
    expect(await hasForeignSeals(store.pool, other)).toBe(true);
    const contact = { contactId: randomUUID(), memberId, kind: 'landline' as const };
    await change((client) =>
      setContact(client, { ...contact, cipher: sealed(other), masked: '***' }),
    );
    expect(await hasForeignSeals(store.pool, own)).toBe(true);
    await change((client) => removeContact(client, { memberId, kind: 'landline' }));
  });
});
