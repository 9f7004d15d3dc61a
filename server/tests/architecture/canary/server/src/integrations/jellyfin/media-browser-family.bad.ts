import { pages } from '#integrations/mediabrowser/pages.ts';
export const x = pages;
