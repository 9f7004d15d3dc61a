export { simklBackup } from './simkl-backup.ts';
