import { useEffect, useRef } from 'react';
import { preference } from './preferences.ts';

type Options = Readonly<{ inFields?: boolean }>;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const isCombination = (key: string): boolean => key.startsWith('mod+');

function fits(event: KeyboardEvent, key: string): boolean {
  const mod = event.ctrlKey || event.metaKey;
  if (isCombination(key)) return mod && event.key.toLowerCase() === key.slice(4);
  return !mod && !event.altKey && event.key.toLowerCase() === key.toLowerCase();
}

/** A key of this page: 'r', '/', 'Escape', 'mod+k'. Single keys hold off in fields, and where the person has switched them off. */
export function useShortcut(key: string, act: (event: KeyboardEvent) => void, { inFields = false }: Options = {}): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !fits(event, key)) return;
      if (!inFields && isField(event.target)) return;
      if (!isCombination(key) && preference('shortcuts') === 'off') return;
      event.preventDefault();
      latest.current(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [key, inFields]);
}
