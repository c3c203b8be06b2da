import type { ThemeConfig } from 'antd';

/** The nonce with which this page may write its style sheets. */
export const cspNonce: string | undefined = document.querySelector<HTMLMetaElement>(
  'meta[property="csp-nonce"]',
)?.nonce;

const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The light tokens of `look/src/tokens.css` in the component library's words. */
export const antTheme: ThemeConfig = {
  token: {
    colorPrimary: '#1d5fd6',
    colorInfo: '#1d5fd6',
    colorSuccess: '#1c8a62',
    colorWarning: '#a86c00',
    colorError: '#cf2f35',
    colorText: '#1b2534',
    colorTextSecondary: '#55647a',
    colorTextDescription: '#55647a',
    colorTextPlaceholder: '#66748a',
    colorBorder: '#d5dce6',
    colorBorderSecondary: '#e4e9f0',
    colorBgLayout: '#f5f7fa',
    borderRadius: 6,
    fontFamily: 'inherit',
    fontSize: 15,
    lineHeight: 1.55,
    motion: !isStill,
    motionDurationMid: '0.14s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Table: { headerBg: '#f5f7fa', headerColor: '#55647a', cellPaddingBlockMD: 9 },
    Tree: { titleHeight: 32, directoryNodeSelectedBg: '#e5edfb' },
  },
};
