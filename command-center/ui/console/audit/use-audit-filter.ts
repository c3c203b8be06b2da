import { useSearchParams } from 'wouter';

/** What the audit can be narrowed by; the page's address holds it. */
export const filterFields = ['who', 'what', 'purpose', 'region', 'from', 'to'] as const;
export type FilterField = (typeof filterFields)[number];
export type AuditFilter = Readonly<Partial<Record<FilterField, string>>>;

export interface HeldFilter {
  readonly filter: AuditFilter;
  /** As the server is asked, '' = everything. */
  readonly query: string;
  /** An empty text widens again. */
  readonly set: (field: FilterField, value: string) => void;
}

export function useAuditFilter(): HeldFilter {
  const [params, setParams] = useSearchParams();
  const pairs = filterFields.flatMap((field) => {
    const value = params.get(field);
    return value === null ? [] : [[field, value] as const];
  });
  return {
    filter: Object.fromEntries(pairs),
    query: new URLSearchParams(pairs.map((pair) => [...pair])).toString(),
    set: (field, value) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === '') next.delete(field);
          else next.set(field, value);
          return next;
        },
        { replace: true },
      ),
  };
}
