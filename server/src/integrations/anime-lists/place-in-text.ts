import { invalid } from '#kernel/app-error.ts';

/** Lines count from 1. */
export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** Where the nth (from 0) beginning of such an element is, as its line. */
export function lineOfElement(text: string, name: string, nth: number): number {
  const beginnings = new RegExp(`<${name}[\\s/>]`, 'g');
  for (let left = nth; ; left -= 1) {
    const found = beginnings.exec(text);
    if (found === null || left === 0) return lineAt(text, found?.index ?? text.length);
  }
}

export const badFile = (place: string, what: string, cause?: unknown) => invalid('content', `${place}: ${what}`, cause);
