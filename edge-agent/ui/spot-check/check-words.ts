import { regionLevel, type KioskCheck, type SpotCheckReason } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { IconName } from '../parts/Icon.tsx';

/** A sign of each reason for those who do not read. */
export const reasonIcons: Readonly<Record<SpotCheckReason, IconName>> = {
  'weather-warning': 'cloud',
  'holiday-guard': 'calendar',
  'incident-nearby': 'warn',
  'equipment-test': 'speaker',
  routine: 'bell',
};

/** Says who ordered it: level, role and login, as 谁查看过 does. */
export function useSayWho(): (check: Pick<KioskCheck, 'by'>) => string {
  const { t } = useWords();
  return ({ by }) => {
    const roles = by.roles.map((role) => t(`readings.role.${role}`, { defaultValue: role }));
    return [t(`readings.level.${regionLevel(by.region)}`), ...roles, by.login].join(' ');
  };
}
