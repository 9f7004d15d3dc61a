import { useSyncExternalStore } from 'react';

/** What this browser remembers of how somebody likes to see things. Theme is the component library's own. */
const DEFAULTS = { zone: '', density: 'comfortable', shortcuts: 'on', titlesAs: 'list' };
export type Preferences = typeof DEFAULTS;
type Name = keyof Preferences;

const PREFIX = 'usherr-';
const listeners = new Set<() => void>();

const read = (name: Name): string => {
  try {
    return localStorage.getItem(PREFIX + name) ?? DEFAULTS[name];
  } catch {
    return DEFAULTS[name];
  }
};

function write(name: Name, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // A browser without storage keeps nothing; the page still works as it is by default.
  }
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => void listeners.delete(tell);
};

export const preference = read;

export function usePreference(name: Name): readonly [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => read(name));
  return [value, (next) => write(name, next)];
}
