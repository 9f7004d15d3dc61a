import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { isPaired, trigramsOf } from './text-match.store.ts';

describe('what a text index is asked for', () => {
  it.each([
    ['ab', undefined],
    ['Ärz', '"ärz"'],
    ['Heat', '"hea" AND "eat"'],
    ['aaaa', '"aaa"'],
    ['a"b', '"a""b"'],
    ['ıstanbul', '"sta" AND "tan" AND "anb" AND "nbu" AND "bul"'],
    ['ſo', undefined],
    ['日本語', '"日本語"'],
  ])('for %s', (text, asked) => {
    expect(trigramsOf(text)).toBe(asked);
  });

  it('is found by it in either form of every letter that is asked for', () => {
    const db = new DatabaseSync(':memory:');
    db.exec("create virtual table t using fts5(title, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none)");
    const insert = db.prepare('insert into t (rowid, title) values (?, ?)');
    const find = db.prepare('select rowid from t where t match ? and rowid = ?');
    const letters = Array.from({ length: 0x2fff }, (_, code) => String.fromCodePoint(code + 1)).filter(isPaired);
    const forms = letters.flatMap((letter) =>
      [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])].map((form) => [letter, form] as const),
    );
    db.exec('begin');
    for (const [at, [, form]] of forms.entries()) insert.run(at + 1, `${form}xy`);
    db.exec('commit');
    const missed = forms.filter(([letter], at) => find.get(trigramsOf(`${letter}xy`) ?? '', at + 1) === undefined);
    expect(letters.length).toBeGreaterThan(9_000);
    expect(missed).toEqual([]);
  });
});
