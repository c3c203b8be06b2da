import { dutyPosts, type DutyName } from '@sightline/contracts';

const spans = ['day', 'night', 'full'] as const;

/** The duty a subject names. Throws on what is none: the table holds only what `subjectOf` made. */
export function dutyNameOf(subject: string): DutyName {
  const [region, postText, day, spanText] = subject.split('.');
  const post = dutyPosts.find((each) => each === postText);
  const span = spans.find((each) => each === spanText);
  if (region === undefined || day === undefined || post === undefined || span === undefined) {
    throw new Error(`"${subject}" names no duty.`);
  }
  return { subject, region, post, day, span };
}
