import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { meKey } from '../api/use-me.ts';
import { SignInFrame } from '../sign-in/SignInFrame.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { SetUpSteps } from './SetUpSteps.tsx';
import { SignOutButton } from './SignOutButton.tsx';

/** 设置双因素: an administrator's first sign-in goes on here. */
export function SetUpPage(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) {
    return (
      <SignInFrame title={t('secondFactor.codes.title')}>
        <RecoveryCodes
          codes={codes}
          onKept={() => void client.invalidateQueries({ queryKey: meKey })}
        />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('secondFactor.setUp.title')} lead={t('secondFactor.setUp.lead')}>
      <SetUpSteps onDone={setCodes} />
      <SignOutButton />
    </SignInFrame>
  );
}
