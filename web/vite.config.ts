import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Addresses are relative to the page's base, which the server writes into it: the app runs below any path. */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 800 },
});
