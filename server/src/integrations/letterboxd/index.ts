export { letterboxdExport } from './letterboxd-export.ts';
