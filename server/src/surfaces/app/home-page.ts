import { createHash } from 'node:crypto';

const STYLE = 'body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:34rem;padding:0 1rem;color-scheme:light dark}';
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The page at /: it answers 200, which apps of trackers probe for, and leads people on to the web app. */
export function createHomePage({
  basePath,
  version,
}: Readonly<{ basePath: string; version: string }>): Readonly<{ html: string; policy: string }> {
  const base = escaped(basePath);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=${base}/app/">
<title>Usherr</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main><h1>Usherr</h1><p><a href="${base}/app/">Open the web app</a></p></main>
<footer><p>Usherr ${escaped(version)} · <a href="${base}/api/docs">API</a></p></footer>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, policy };
}
