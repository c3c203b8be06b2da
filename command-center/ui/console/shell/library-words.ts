import type { Language } from '@sightline/look';
import type { ConfigProviderProps } from 'antd';
import type { TFunction } from 'i18next';

/** The few words the component library says by itself, from our own catalogue. */
export function libraryWords(t: TFunction, language: Language): ConfigProviderProps['locale'] {
  return {
    locale: language,
    Pagination: {
      prev_page: t('pager.back'),
      next_page: t('pager.forward'),
      page: t('pager.label'),
    },
    Modal: {
      okText: t('button.ok'),
      cancelText: t('button.cancel'),
      justOkText: t('button.ok'),
    },
    Table: { expand: t('row.expand'), collapse: t('row.collapse') },
    Empty: { description: t('tree.none') },
  };
}
