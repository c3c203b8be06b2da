import { isUtf8 } from 'node:buffer';
import { violation, type Violation } from './violation.ts';

const slash = 0x2f;
const plus = 0x2b;
const hash = 0x23;

/** What a run of text bytes holds; one pass, no copy. */
interface Scan {
  readonly hasNull: boolean;
  readonly hasWildcard: boolean;
  readonly isAscii: boolean;
}

function scan(bytes: Buffer, start: number, end: number): Scan {
  let hasNull = false;
  let hasWildcard = false;
  let isAscii = true;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x80) isAscii = false;
    else if (byte === 0) hasNull = true;
    else if (byte === plus || byte === hash) hasWildcard = true;
  }
  return { hasNull, hasWildcard, isAscii };
}

function textViolation(found: Scan, text: () => Buffer): Violation | null {
  if (found.hasNull) return violation('MQTT-1.5.3-2', 'a text holds U+0000');
  // isUtf8 refuses surrogates too.
  if (!found.isAscii && !isUtf8(text())) {
    return violation('MQTT-1.5.3-1', 'a text is not well-formed UTF-8');
  }
  return null;
}

/** Checks a UTF-8 encoded string of the wire in `bytes[start, end)`. */
export function checkText(bytes: Buffer, start: number, end: number): Violation | null {
  return textViolation(scan(bytes, start, end), () => bytes.subarray(start, end));
}

/** Checks a topic name: text, at least one character, no wildcard. */
export function checkTopicName(bytes: Buffer, start: number, end: number): Violation | null {
  if (start === end) return violation('MQTT-4.7.3-1', 'a topic name is empty');
  const found = scan(bytes, start, end);
  if (found.hasWildcard) return violation('MQTT-3.3.2-2', 'a topic name holds a wildcard');
  return textViolation(found, () => bytes.subarray(start, end));
}

/** Checks a topic filter: text, at least one character, wildcards only as whole levels. */
export function checkTopicFilter(bytes: Buffer, start: number, end: number): Violation | null {
  if (start === end) return violation('MQTT-4.7.3-1', 'a topic filter is empty');
  const found = scan(bytes, start, end);
  const wrong = textViolation(found, () => bytes.subarray(start, end));
  if (wrong !== null || !found.hasWildcard) return wrong;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index];
    if (byte !== plus && byte !== hash) continue;
    const opens = index === start || bytes[index - 1] === slash;
    const isLast = index === end - 1;
    if (byte === hash && !(opens && isLast)) {
      return violation('MQTT-4.7.1-2', '# is not the whole last level of a filter');
    }
    if (byte === plus && !(opens && (isLast || bytes[index + 1] === slash))) {
      return violation('MQTT-4.7.1-3', '+ is not a whole level of a filter');
    }
  }
  return null;
}
