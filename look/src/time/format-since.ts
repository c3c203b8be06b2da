import type { Language } from '#i18n/language.ts';
import { inTibetanDigits } from './tibetan-digits.ts';

interface Unit {
  readonly seconds: number;
  readonly zh: string;
  readonly bo: string;
  readonly en: string;
}

const second: Unit = { seconds: 1, zh: '秒', bo: 'སྐར་ཆ་', en: 's' };
const minute: Unit = { seconds: 60, zh: '分', bo: 'སྐར་མ་', en: 'min' };
const hour: Unit = { seconds: 3600, zh: '小时', bo: 'ཆུ་ཚོད་', en: 'h' };
const day: Unit = { seconds: 86_400, zh: '天', bo: 'ཉིན་', en: 'd' };

/**
 * A length of time as people say it, two units at most: 45 秒 · 8 分 · 3 小时 12 分 · 2 天 5 小时.
 * From a minute on seconds are left out. Negative lengths (a clock ahead of ours) count as 0.
 */
export function formatSince(duration: Temporal.Duration, language: Language): string {
  const seconds = Math.max(0, Math.floor(duration.total('seconds')));
  return partsOf(seconds)
    .map(({ count, unit }) => say(count, unit, language))
    .join(' ');
}

/** `formatSince` from one instant to another. */
export function formatSinceInstant(
  since: Temporal.Instant,
  now: Temporal.Instant,
  language: Language,
): string {
  return formatSince(since.until(now), language);
}

interface Part {
  readonly count: number;
  readonly unit: Unit;
}

function partsOf(seconds: number): readonly Part[] {
  if (seconds < minute.seconds) return [{ count: seconds, unit: second }];
  if (seconds < hour.seconds)
    return [{ count: Math.floor(seconds / minute.seconds), unit: minute }];
  const [large, small] = seconds < day.seconds ? [hour, minute] : [day, hour];
  const rest = Math.floor((seconds % large.seconds) / small.seconds);
  const first = { count: Math.floor(seconds / large.seconds), unit: large };
  return rest === 0 ? [first] : [first, { count: rest, unit: small }];
}

function say(count: number, unit: Unit, language: Language): string {
  return language === 'bo' ? `${unit.bo}${inTibetanDigits(count)}` : `${count} ${unit[language]}`;
}
