/** Text that is markup already. Only `html` makes it, so that nothing that was sent is ever read as markup. */
export type Markup = Readonly<{ markup: string }>;

type Piece = string | Markup | readonly Markup[] | undefined;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

function rendered(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string') return escaped(piece);
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
}

/** Markup with every text in it escaped, in attributes too, which have to stand in quotes. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => ({
  markup: parts.map((part, index) => `${part}${rendered(pieces[index])}`).join(''),
});

/** What is ours from its first letter to its last, such as a style. */
export const trusted = (text: string): Markup => ({ markup: text });
