import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly page: number;
  readonly back: (() => void) | null;
  readonly forward: (() => void) | null;
}

/** 上一页 · 第 2 页 · 下一页; nothing where there is one page only. */
export function Pager({ page, back, forward }: Props): ReactElement | null {
  const { t } = useTranslation();
  if (back === null && forward === null) return null;
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      <Button size="small" disabled={back === null} onClick={() => back?.()}>
        {t('pager.back')}
      </Button>
      <span className="quiet">{t('pager.page', { page })}</span>
      <Button size="small" disabled={forward === null} onClick={() => forward?.()}>
        {t('pager.forward')}
      </Button>
    </nav>
  );
}
