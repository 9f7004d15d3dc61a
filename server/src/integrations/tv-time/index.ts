export { tvTimeExport } from './tv-time-export.ts';
