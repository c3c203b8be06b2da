import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { meKey } from '../api/use-me.ts';

/** The way back to the password. */
export function SignOutButton(): ReactElement {
  const { t } = useTranslation();
  const end = useCommand<void>([meKey]);
  return (
    <button
      type="button"
      className="link-button"
      disabled={end.isRunning}
      onClick={() => void end.run({ method: 'DELETE', url: '/api/session' })}
    >
      {t('signOut')}
    </button>
  );
}
