export { type CachePart, createFileCache, type FileCache, type FileCacheDeps } from './file-cache.ts';
