import type { TFunction } from 'i18next';
import type { Language } from '#i18n/language.ts';
import { mapNameOf } from './county-names.ts';
import type { HiveWords } from './hive-words.ts';

/** The hive's words in the language of `t`, from the shared catalogue. */
export function hiveWordsIn(t: TFunction, language: Language): HiveWords {
  const say = (key: string, values = {}): string =>
    t(key, { ns: 'look', lng: language, ...values });
  return {
    status: {
      'not-equipped': say('status.not-equipped'),
      online: say('status.online'),
      stale: say('status.stale'),
      offline: say('status.offline'),
      unknown: say('status.unknown'),
    },
    onDuty: say('duty.onDuty'),
    nobody: say('duty.nobody'),
    alarm: { 1: say('alarm.1'), 2: say('alarm.2'), 3: say('alarm.3'), 4: say('alarm.4') },
    alarms: say('alarm.one'),
    villages: (count) => say('place.villages', { count }),
    nameOf: (code) => mapNameOf(code, language),
  };
}
