import { useParams } from '@tanstack/react-router';

/** A part of the address that the room's path names, such as `$id`. */
export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Readonly<Record<string, string | undefined>>;
  return params[name] ?? '';
}
