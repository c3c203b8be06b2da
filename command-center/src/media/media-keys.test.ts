import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { SeatClaims, seatTokenPattern } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { openMediaKeys } from './media-keys.ts';

const secret = 'a shared secret of at least 32 characters';
const keys = openMediaKeys({ secret, url: 'http://127.0.0.1:7410' });

test('a seat’s key says which seat of which meeting until when, signed with the shared secret', () => {
  const meetingId = randomUUID();
  const seat = { meetingId, seatId: 'venue-540235100201', until: '2026-11-23T16:00:00.001Z' };
  const token = keys.seatToken(seat);
  expect(token).toMatch(new RegExp(seatTokenPattern));
  const [body = '', signature] = token.split('.');
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  expect(Compile(SeatClaims).Check(claims)).toBe(true);
  expect(claims).toEqual({ v: 1, meetingId, seatId: seat.seatId, until: 1_795_449_601 });
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'sightline seat token', 32));
  expect(signature).toBe(createHmac('sha256', key).update(body).digest('base64url'));
  expect(keys.seatToken(seat)).toBe(token);
});

test('what opens a recording opens no seat, and another secret signs otherwise', () => {
  const claims = { meetingId: randomUUID(), recordingId: randomUUID(), until: 1 };
  const token = keys.recordingToken(claims);
  const [body = '', signature] = token.split('.');
  const seatKey = Buffer.from(hkdfSync('sha256', secret, '', 'sightline seat token', 32));
  expect(signature).not.toBe(createHmac('sha256', seatKey).update(body).digest('base64url'));
  const other = openMediaKeys({ secret: `${secret}!`, url: '' });
  expect(other.recordingToken(claims)).not.toBe(token);
});
