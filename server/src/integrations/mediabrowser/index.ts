export { at, type Dialect, type Routes } from './dialect.ts';
export { createMediaBrowser, type MediaBrowserFamily } from './mediabrowser.ts';
export { instantOf, msOfTicks, text } from './mediabrowser.wire.ts';
