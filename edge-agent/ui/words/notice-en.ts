import type { Translated } from '@sightline/look';
import type { noticeRefusalsZh, noticeZh } from './notice-zh.ts';

export const noticeEn: Translated<typeof noticeZh> = {
  notice: {
    title: 'Notices',
    unread: '{{count}} to be read',
    allRead: 'Notices (all read)',
    none: 'No notices',
    hint: 'The newest ones. They are read without a link too; the receipt goes when it is back',
    important: 'Important',
    by: 'from {{who}}',
    readBefore: 'Please read before {{time}}',
    read: 'I have read it',
    sign: 'Sign with my PIN',
    readAt: 'Read at {{time}}',
    signedAt: 'Signed at {{time}} by {{name}}',
    notRead: 'Not read',
    gone: 'This notice was withdrawn',
  },
};

export const noticeRefusalsEn: Translated<typeof noticeRefusalsZh> = {
  'no-such-notice': 'This notice was withdrawn',
  'sign-by-pin': 'Sign for an important notice with your own PIN',
};
