export { type Catalogue, keysOf, type Translated } from './i18n/catalogue.ts';
export { type Language, languageOf, languages, ownNames } from './i18n/language.ts';
export { type PageCatalogues, startI18n } from './i18n/start-i18n.ts';
export { isVerified } from './i18n/verified-tibetan.ts';
export { dateAt, formatDate, formatTime, timeZone } from './time/format-date.ts';
export { formatSince, formatSinceInstant } from './time/format-since.ts';
export {
  formatTibetanDate,
  type TibetanDate,
  tibetanDateOf,
  tibetanDatesFrom,
} from './time/tibetan-date.ts';
export { useNow } from './time/use-now.ts';
export { BigFigure } from './ui/BigFigure.tsx';
export { Clock } from './ui/Clock.tsx';
export { DutyBar, type DutyBarPart } from './ui/DutyBar.tsx';
export { EmptyState } from './ui/EmptyState.tsx';
export { LanguageSwitch } from './ui/LanguageSwitch.tsx';
export { LinkState } from './ui/LinkState.tsx';
export { Notice } from './ui/Notice.tsx';
export { PageBoundary } from './ui/PageBoundary.tsx';
export { SafetyText } from './ui/SafetyText.tsx';
export { type DotStatus, StatusDot } from './ui/StatusDot.tsx';
export { useWords } from './ui/use-words.ts';
