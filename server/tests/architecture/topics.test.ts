import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');
const CATALOGUE = join(SOURCE, 'core', 'events.ts');

const sources = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|fake|contract)\.ts$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
const topics = [...readFileSync(CATALOGUE, 'utf8').matchAll(/^ {2}'([a-z.]+)': Readonly/gm)].map(([, topic]) => topic ?? '');

describe('the catalogue of events', () => {
  it('has been found', () => {
    expect(topics).toContain('viewing.changed');
  });

  it.each(topics)('has %s, which somebody publishes', (topic) => {
    // A topic behind a handle or what it is about is told; within a list, or as a type, it is listened to.
    const publishing = new RegExp(`\\(\\s*\\w+,\\s*'${topic.replace('.', '\\.')}'`);
    expect(sources.some((source) => publishing.test(source))).toBe(true);
  });
});
