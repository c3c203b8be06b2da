import { EmptyState, useWords } from '@sightline/look';
import type { ReactElement } from 'react';

export function NoPeople(): ReactElement {
  const { t } = useWords();
  return <EmptyState title={t('people.none')} whatToDo={t('people.noneHint')} />;
}
