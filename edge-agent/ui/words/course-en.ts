import type { Translated } from '@sightline/look';
import type { courseRefusalsZh, courseZh } from './course-zh.ts';

export const courseEn: Translated<typeof courseZh> = {
  course: {
    title: 'Courses',
    link: '{{count}} courses',
    linkOpen: '{{count}} courses, {{open}} not completed by anybody',
    none: 'No courses',
    hint: 'They come at night; learning and the quiz need no link. Only the result is recorded, not how long anybody watched',
    due: 'by {{date}}',
    state: {
      waiting: 'Comes tonight',
      downloading: 'Coming: {{percent}}%',
      ready: 'Ready',
      'no-space': 'No room on the disk: tell the operator',
      failed: 'Interrupted; goes on by itself',
    },
    passedBy: '{{count}} passed',
    downloadNow: 'Download now',
    gone: 'This course was withdrawn',
    notHere: 'Not downloaded whole yet',
    lessons: 'Lessons',
    toQuiz: 'To the quiz',
    rules: '{{questions}} questions, {{percent}}% right to pass, {{tries}} tries each',
    nextLesson: 'Next lesson',
    who: 'Who takes the quiz? Touch your name',
    passed: 'Passed',
    triesLeft: '{{count}} tries left',
    question: 'Question {{nth}} of {{of}}',
    single: 'Choose one',
    multiple: 'Choose all that are right',
    next: 'Next',
    handIn: 'Hand in',
    enter: 'Hand in with your own PIN',
    resultPassed: 'Passed',
    resultFailed: 'Not passed',
    score: '{{score}} of {{of}} right',
    toLesson: 'Back to the course',
    noPlay: 'This film does not play: tell the township',
  },
};

export const courseRefusalsEn: Translated<typeof courseRefusalsZh> = {
  'no-such-course': 'This course was withdrawn',
  'course-not-here': 'Not downloaded whole yet',
  'no-tries-left': 'No tries left',
  'not-its-answers': 'The answers do not fit this quiz. Please start again',
  'no-link': 'Not connected: it downloads by itself when it is',
};
