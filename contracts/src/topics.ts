import { isRegion, regionPath, type Region } from './region-path.ts';

/** Up: facts (QoS 1), beat (QoS 0). Down: ack (QoS 0), desired (QoS 1). */
export type Leaf = 'facts' | 'beat' | 'ack' | 'desired';
export const upLeaves: readonly Leaf[] = ['facts', 'beat'];
export const downLeaves: readonly Leaf[] = ['ack', 'desired'];

export interface TerminalAddress {
  readonly region: Region;
  readonly terminalId: string;
}

/** sl/5402/540235/540235100/540235100001/t/<terminalId>/facts */
export function topicOf(address: TerminalAddress, leaf: Leaf): string {
  return `sl/${regionPath(address.region).join('/')}/t/${address.terminalId}/${leaf}`;
}

/** The address a topic names, or null when it is none of ours. Wildcards are never ours. */
export function parseTopic(topic: string): (TerminalAddress & { readonly leaf: Leaf }) | null {
  const parts = topic.split('/');
  const [leaf, terminalId, t, region] = parts.toReversed();
  if (t !== 't' || terminalId === undefined || region === undefined || !isRegion(region)) {
    return null;
  }
  const known = [...upLeaves, ...downLeaves].find((name) => name === leaf);
  if (known === undefined) return null;
  const address = { region, terminalId };
  return topicOf(address, known) === topic ? { ...address, leaf: known } : null;
}
