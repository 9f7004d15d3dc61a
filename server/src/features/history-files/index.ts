export { createHistoryFiles, type FileFormat, type HistoryFiles, type HistoryFilesDeps } from './history-files.ts';
export { MAX_TEXT_BYTES, type UploadedFile } from './uploads.ts';
