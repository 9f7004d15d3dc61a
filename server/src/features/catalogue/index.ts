export {
  type Catalogue,
  type CatalogueDeps,
  type CatalogueEpisode,
  type CatalogueTitle,
  createCatalogue,
  type FileMatch,
  type PlayableTitle,
} from './catalogue.ts';
export type { BeyondSource } from './search-beyond.ts';
