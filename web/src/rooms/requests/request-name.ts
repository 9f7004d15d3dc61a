import { useWords } from '../../kit/words.ts';

const FINGERPRINT = /^(movie|tv):(\d+):(True|False)$/;

/** What is asked for, by its title; where nobody has told one, by the number that it is asked for by. */
export function useRequestName(): (request: Readonly<{ title?: string | null; fingerprint: string }>) => string {
  const say = useWords('requests');
  return ({ title, fingerprint }) => {
    if (title) return title;
    const [, kind, id] = FINGERPRINT.exec(fingerprint) ?? [];
    return id === undefined ? fingerprint : say(`unnamed.${kind}`, { id });
  };
}

/** An instance as the household calls it; only other programs need its full label. */
export const instanceName = (label: string): string => label.replace(/^internal:/, '');

/** The server's reasons begin in the middle of a sentence. */
export const asSentence = (text: string): string => {
  const trimmed = text.trim();
  const ended = /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
};
