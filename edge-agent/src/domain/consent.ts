/**
 * Which consent text (告知同意书) a person reads before a face is enrolled. A changed text has a new
 * version; the fact of an enrolment names the version that was agreed to.
 */
export const consentVersion = '2026-11-26';
