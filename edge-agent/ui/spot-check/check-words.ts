import { regionLevel, type KioskCheck, type SpotCheckReason } from '@sightline/contracts';
import { useWords, type Language } from '@sightline/look';
import type { IconName } from '../parts/Icon.tsx';

/** A sign of each reason for those who do not read. */
export const reasonIcons: Readonly<Record<SpotCheckReason, IconName>> = {
  'weather-warning': 'cloud',
  'holiday-guard': 'calendar',
  'incident-nearby': 'warn',
  'equipment-test': 'speaker',
  routine: 'bell',
};

/** Says who ordered it: level, role and login, as 谁查看过 does; in the page's language unless told. */
export function useSayWho(): (check: Pick<KioskCheck, 'by'>, lng?: Language) => string {
  const { t, language } = useWords();
  return ({ by }, lng = language) => {
    const roles = by.roles.map((role) => t(`readings.role.${role}`, { defaultValue: role, lng }));
    return [t(`readings.level.${regionLevel(by.region)}`, { lng }), ...roles, by.login].join(' ');
  };
}
