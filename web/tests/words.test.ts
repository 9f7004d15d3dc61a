import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../src/', import.meta.url));
const files = globSync('**/*.{ts,tsx}', { cwd: root }).filter((file) => !file.endsWith('.d.ts'));
const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);

/** Attributes whose text people read or hear. */
const SPOKEN = /^(label|title|placeholder|alt|description|lede|caption|aria-label|aria-description|nothingFound|about|action|error)$/;
/** The product's name is the same in every language. */
const isWord = (text: string): boolean => /\p{L}{2}/u.test(text) && text.trim() !== 'Usherr';

function literalText(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isWord(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (isWord(node.initializer.text)) found.push(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found.map((text) => `${file}: ${text}`);
}

const flat = (part: object, above = ''): string[] =>
  Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'object' ? flat(value as object, `${above}${key}.`) : [`${above}${key}`],
  );
const catalogue = (file: string): string[] => flat(JSON.parse(readFileSync(root + file, 'utf8')) as object);
const plural = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');

/** The keys that a file asks for, by the namespace of its `useWords`. Keys made at run time are told by their fixed beginning. */
function asked(file: string): Readonly<{ room: string; key: string; isBeginning: boolean }>[] {
  const source = parse(file);
  const names = new Map<string, string>();
  const found: { room: string; key: string; isBeginning: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isCallExpression(node.initializer)) {
      const { expression, arguments: given } = node.initializer;
      const [room] = given;
      if (expression.getText() === 'useWords' && room && ts.isStringLiteral(room)) names.set(node.name.getText(), room.text);
    }
    if (ts.isCallExpression(node)) {
      const room = names.get(node.expression.getText());
      const [key] = node.arguments;
      if (room && key && ts.isStringLiteralLike(key)) found.push({ room, key: key.text, isBeginning: false });
      if (room && key && ts.isTemplateExpression(key)) found.push({ room, key: key.head.text, isBeginning: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const fileOf = (room: string): string => (room === 'shell' ? 'app/words/en.json' : `rooms/${room}/words/en.json`);

describe('what the app says', () => {
  it('is in a catalogue, and never in the code', () => {
    expect(files.flatMap(literalText)).toEqual([]);
  });

  it('is in the catalogue wherever it is asked for', () => {
    const missing = files.flatMap((file) =>
      asked(file).flatMap(({ room, key, isBeginning }) => {
        const known = catalogue(fileOf(room)).map(plural);
        const isThere = isBeginning ? known.some((one) => one.startsWith(key)) : known.includes(key);
        return isThere ? [] : [`${file}: ${room}.${key}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  it('ends each sentence, and shouts nothing', () => {
    const texts = globSync('**/words/en.json', { cwd: root }).flatMap((file) => {
      const said = JSON.parse(readFileSync(root + file, 'utf8')) as object;
      const values = (part: object): string[] =>
        Object.values(part).flatMap((value) => (typeof value === 'object' ? values(value as object) : [String(value)]));
      return values(said).map((text) => `${file}: ${text}`);
    });
    expect(texts.filter((text) => /!|\bOops\b|went wrong/i.test(text))).toEqual([]);
  });
});
