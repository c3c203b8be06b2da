import type { CoursePlan, CourseResults, CourseView } from '@sightline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/call.ts';

export const coursesKey = ['courses'] as const;
const calmMs = 30_000;

/** One course, counted by village. */
export function useCourse(courseId: string, scope: string) {
  return useQuery({
    queryKey: [...coursesKey, 'one', courseId, scope],
    queryFn: ({ signal }) => get<CourseView>(`/api/courses/${courseId}?region=${scope}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: calmMs,
  });
}

/** Who would get a course now. */
export function useCoursePlan(region: string) {
  return useQuery({
    queryKey: [...coursesKey, 'plan', region],
    queryFn: ({ signal }) => get<CoursePlan>(`/api/courses/plan?region=${region}`, signal),
    staleTime: 0,
  });
}

/** Who completed it in one village, by name. Each reading is audited. */
export function useResults(courseId: string, village: string) {
  return useQuery({
    queryKey: [...coursesKey, 'results', courseId, village],
    queryFn: ({ signal }) =>
      get<CourseResults>(`/api/courses/${courseId}/villages/${village}/results`, signal),
    refetchOnWindowFocus: false,
  });
}
