import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(`./home/${name}`, import.meta.url), 'utf8');
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The page at /, complete in one answer, with the policy under which its own script and style run and no others. */
export function createHomePage({
  basePath,
  version,
}: Readonly<{ basePath: string; version: string }>): Readonly<{ html: string; policy: string }> {
  const [script, style] = [read('home.client.js'), read('home.css')];
  const base = escaped(basePath);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Usherr</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body data-base="${base}">
<main><h1>Usherr</h1><noscript><p>This page needs JavaScript. Everything on it can be done with the command line, too.</p></noscript></main>
<footer><p>Usherr ${escaped(version)} · <a href="${base}/api/docs">API</a></p></footer>
<script type="module">${script}</script>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, policy };
}
