import { useEffect, useLayoutEffect, useRef } from 'react';

const PREFIX = 'usherr-scroll-';

/** The entry of the browser's history that is on the page: Back leads to the same one. */
const entryKey = (): string => {
  const state = window.history.state as Readonly<Record<string, unknown>> | null;
  return `${PREFIX}${String(state?.__TSR_key ?? state?.key ?? '')}`;
};

/**
 * Back leads to where the list was, also where the page was left altogether: the router restores the place at once, and a list that has to be
 * read first is not that long yet.
 */
export function useKeptScroll(height: number): void {
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (restored.current || height === 0) return;
    restored.current = true;
    const kept = Number(sessionStorage.getItem(entryKey()) ?? 0);
    if (kept > 0 && window.scrollY === 0) window.scrollTo(0, kept);
  }, [height]);
  useEffect(() => {
    // The entry is a new one by the time that this list goes.
    const key = entryKey();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => sessionStorage.setItem(key, String(Math.round(window.scrollY)));
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 100);
    };
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('scroll', soon);
      window.removeEventListener('pagehide', keep);
    };
  }, []);
}
