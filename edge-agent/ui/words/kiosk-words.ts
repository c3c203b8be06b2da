import type { Translated } from '@sightline/look';
import type { zh } from './zh.ts';

export type KioskWords = Translated<typeof zh>;
