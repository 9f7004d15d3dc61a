export { traktExport } from './trakt-export.ts';
