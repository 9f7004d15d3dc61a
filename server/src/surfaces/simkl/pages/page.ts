import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyReply } from 'fastify';
import { html, type Markup, trusted } from './markup.ts';

const style = readFileSync(new URL('./approval.css', import.meta.url), 'utf8');
const STYLE_HASH = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

export type Page = Readonly<{
  title: string;
  body: Markup;
  /** 200 unless told. */
  status?: number;
  /** Where an answer to a form of this page may send the browser on to. */
  leadsTo?: string | undefined;
}>;

/** A form may lead to the app alone; an address that a policy cannot spell is allowed by its scheme. */
function sourceOf(target: string): string {
  if (!URL.canParse(target)) return '';
  const { protocol, host, hostname } = new URL(target);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && !hostname.startsWith('[') ? ` ${protocol}//${host}` : ` ${protocol}`;
}

const policyOf = (leadsTo: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    'img-src data:',
    `form-action 'self'${leadsTo === undefined ? '' : sourceOf(leadsTo)}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Sends a page of ours: complete in one answer, without scripts, and never kept. */
export function sendPage(reply: FastifyReply, { title, body, status = 200, leadsTo }: Page): FastifyReply {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Usherr</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
<footer><p>Usherr, the server of this household.</p></footer>
</body>
</html>
`;
  return (
    reply
      .code(status)
      .header('content-security-policy', policyOf(leadsTo))
      // With no referrer at all a browser would not tell that a form comes from here.
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(document.markup)
  );
}
