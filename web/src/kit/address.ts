import { useNavigate, useSearch } from '@tanstack/react-router';

/** A part of the address after the question mark, so that filters can be linked and survive Back. '' takes it off. */
export function useAddress(name: string): readonly [string, (value: string) => void] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const value = search[name];
  const set = (next: string) =>
    void navigate({
      to: '.',
      search: ((before: Record<string, unknown>) => ({ ...before, [name]: next === '' ? undefined : next })) as never,
      replace: true,
    });
  return [typeof value === 'string' || typeof value === 'number' ? String(value) : '', set];
}
