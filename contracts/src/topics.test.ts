import { expect, it } from 'vitest';
import { parseTopic, topicOf } from './topics.ts';

const address = { region: '540235100001', terminalId: 't-1' };

it('builds a topic down the region path and reads it back', () => {
  const topic = topicOf(address, 'facts');
  expect(topic).toBe('sl/5402/540235/540235100/540235100001/t/t-1/facts');
  expect(parseTopic(topic)).toEqual({ ...address, leaf: 'facts' });
});

it('knows a topic of nobody', () => {
  for (const topic of [
    '',
    '$SYS/broker',
    'sl/5402/t/t-1',
    'sl/5402/540236/540235100/540235100001/t/t-1/facts',
    'sl/5402/540235/540235100/540235100001/t/t-1/other',
    'sl/5402/540235/540235100/540235100001/t/+/facts/x',
  ]) {
    expect(parseTopic(topic)).toBeNull();
  }
});
