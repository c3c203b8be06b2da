import { useWords } from '@sightline/look';

/** A length as people say it: 12 秒, 3 分 05 秒; null = so many did not answer. */
export function useSpellLength(): (ms: number | null) => string {
  const { t } = useWords();
  return (ms) => {
    if (ms === null) return t('checks.beyond');
    const seconds = Math.round(ms / 1000);
    if (seconds < 60) return t('checks.seconds', { seconds });
    if (seconds < 3600 && seconds % 60 === 0) return t('checks.whole', { minutes: seconds / 60 });
    if (seconds < 3600) {
      return t('checks.minutes', {
        minutes: Math.floor(seconds / 60),
        seconds: String(seconds % 60).padStart(2, '0'),
      });
    }
    const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, '0');
    return t('checks.hours', { hours: Math.floor(seconds / 3600), minutes });
  };
}
